import { Document } from 'yaml';
import type { FoundController } from '../output/output-module.js';

/** What takes pixels, as the `outputs:` of a configuration, each with what it says of itself in a comment above. Ids are proposals. */
export function outputEntries(found: readonly FoundController[]): string {
  return entriesOf('outputs', 'screen', found, 'Say with `area` which part of the wall each of them shows.');
}

/** What takes commands, as the `controllers:` of a configuration. */
export function controllerEntries(found: readonly FoundController[]): string {
  return entriesOf('controllers', 'controller', found, 'Say with `outputs` which of them end in it.');
}

function entriesOf(list: string, name: string, found: readonly FoundController[], advice: string): string {
  const entries = found.map(({ entry }, index) => ({ id: index === 0 ? name : `${name}-${index + 1}`, ...entry }));
  const document = new Document({ [list]: entries });
  found.forEach(({ description }, index) => {
    const node = document.getIn([list, index], true) as { commentBefore?: string; flow?: boolean };
    // A comment ends with its line, and what a controller says may hold anything.
    node.commentBefore = ` ${description.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')}`;
    node.flow = true;
  });
  document.commentBefore = ` ${found.length} found. ${advice}`;
  return document.toString({ lineWidth: 0 }).trimEnd();
}
