import { Document } from 'yaml';
import type { FoundController } from '../output/output-module.js';

/** Controllers as the `outputs:` of a configuration, each with what it says of itself in a comment above. Ids are proposals. */
export function outputEntries(controllers: readonly FoundController[]): string {
  const entries = controllers.map(({ entry }, index) => ({
    id: index === 0 ? 'screen' : `screen-${index + 1}`,
    ...entry,
  }));
  const document = new Document({ outputs: entries });
  controllers.forEach(({ description }, index) => {
    const node = document.getIn(['outputs', index], true) as { commentBefore?: string; flow?: boolean };
    // A comment ends with its line, and what a controller says may hold anything.
    node.commentBefore = ` ${description.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')}`;
    node.flow = true;
  });
  document.commentBefore = ` ${controllers.length} found. Say with \`area\` which part of the wall each of them shows.`;
  return document.toString({ lineWidth: 0 }).trimEnd();
}
