import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../../src/core/project-root.js';

const program = fileURLToPath(new URL('dist/src/cli/main.js', projectRoot));

/** What a command said and how it ended. */
export type Ended = { readonly status: number; readonly output: string; readonly errors: string };

/** Runs the built command line as a person does. */
export function glasshall(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...environment } };
    execFile(process.execPath, [program, ...args], options, (failure, output, errors) => {
      resolve({ status: failure === null ? 0 : Number(failure.code), output, errors });
    });
  });
}
