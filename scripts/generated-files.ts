import { readFile } from 'node:fs/promises';
import { format, type Options } from 'prettier';
import { configurationJsonSchema } from '../src/config/json-schema.js';
import { asyncApiDocument } from '../src/control/obs/documentation/asyncapi.js';
import { protocolPage } from '../src/control/obs/documentation/page.js';

/** A file that is made from the code and committed, because people and editors read it where no code runs. */
export type GeneratedFile = {
  /** From the project's folder. */
  readonly path: string;
  readonly content: string;
};

/**
 * Makes every generated file, formatted as everything else is.
 * @param root the project's folder, with `/` at its end
 */
export async function generateFiles(root: URL): Promise<GeneratedFile[]> {
  const style = JSON.parse(await readFile(new URL('config/prettier.json', root), 'utf8')) as Options;
  return [
    {
      path: 'config/glasshall.schema.json',
      content: await format(JSON.stringify(configurationJsonSchema()), { ...style, parser: 'json' }),
    },
    {
      path: 'config/asyncapi.json',
      content: await format(JSON.stringify(asyncApiDocument()), { ...style, parser: 'json' }),
    },
    {
      path: 'config/control-protocol.md',
      content: await format(protocolPage(), { ...style, parser: 'markdown' }),
    },
  ];
}
