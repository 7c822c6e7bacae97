import { VENDOR_NAME } from '../../vendor.js';
import { commandNames, definitionOf } from '../../commands/registry.js';
import { closeCode, eventSubscription, highVolumeEventSubscription, opCode, requestStatus } from '../protocol.js';
import {
  describedEvents,
  describedRequests,
  describedVendorEvents,
  describedVendorRequests,
  type DescribedEvent,
  type DescribedRequest,
  type JsonSchema,
} from './interface.js';
import { roleOfCommand } from './roles.js';
import { categoryWords, closeCodeWords, opCodeWords, requestStatusWords } from './words.js';

const INTRODUCTION = `# Control protocol

Buttons, scripts and pages that speak obs-websocket v5 speak it to glasshall: \`ws://HOST:4455\`, and \`/obs\` on the port of the
pages. A scene is a layout; an input is a camera, the ticker or the clock; a scene item is a cell. What OBS does not know goes
through vendor \`${VENDOR_NAME}\`. For programs the same is in \`asyncapi.json\`. Both files are generated: \`npm run generate\`.

A message is \`{"op": …, "d": …}\`, as JSON (sub-protocol \`obswebsocket.json\`) or MessagePack (\`obswebsocket.msgpack\`). Where
operators are configured, \`Hello\` brings a challenge and a salt, and the client answers in \`Identify\` with its token:
\`base64(sha256(base64(sha256(token + salt)) + challenge))\`. A request of OBS that is not listed here answers 204.

Whoever may do something is named with each request: \`viewer\`, \`guard\`, \`operator\`, \`admin\`, each of which may do what those
before it may. With every command may come \`ifRevision\`, the \`revision\` of the wall that the client saw: when somebody else has
decided something since, it is refused with 604 and a comment that begins with \`conflict\`.

A batch runs one after another (\`executionType\` 0), one after another by frames of the wall (1), or side by side (2, without
variables). \`Sleep\` waits for \`sleepMillis\` in the first, for \`sleepFrames\` in the second.
`;

const typeWords: Readonly<Record<string, string>> = { string: 'text', integer: 'whole number' };

/** The type of a field in few words. */
function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map(typeOf).join(' or ');
  if (schema.type === 'array') return `list of ${schema.items === undefined ? 'anything' : typeOf(schema.items)}`;
  if (schema.type === 'object' && Object.keys(schema.properties ?? {}).length > 0) return `{ ${fieldsOf(schema)} }`;
  const types = schema.type === undefined ? ['anything'] : [schema.type].flat();
  return types.map((type) => typeWords[type] ?? type).join(' or ');
}

function fieldsOf({ properties = {}, required = [] }: JsonSchema): string {
  return Object.entries(properties)
    .map(([name, schema]) => `\`${name}\`${required.includes(name) ? '' : '?'} ${typeOf(schema)}`)
    .join(', ');
}

function line(label: string, schema: JsonSchema | null): string {
  const fields = schema === null ? '' : fieldsOf(schema);
  return fields === '' ? '' : `  - ${label}: ${fields}\n`;
}

function requestEntry({ name, summary, role, request, response }: DescribedRequest): string {
  return `- **\`${name}\`** (${role}) ${summary}\n${line('data', request)}${line('answer', response)}`;
}

function eventEntry({ name, summary, category, data }: DescribedEvent): string {
  return `- **\`${name}\`** (${category}) ${summary}\n${line('data', data)}`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |\n`;
  return `${row(head)}${row(head.map(() => '---'))}${rows.map(row).join('')}`;
}

/** Names as people write them. */
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function codes(
  head: readonly string[],
  numbers: Readonly<Record<string, number>>,
  words: Readonly<Record<string, string>>,
): string {
  return table(
    head,
    Object.entries(numbers).map(([name, code]) => [code, spaced(name), words[name] ?? '']),
  );
}

/** The protocol as a page in Markdown. */
export function protocolPage(): string {
  const categories = { ...eventSubscription, ...highVolumeEventSubscription };
  const groups = describedRequests().map(
    ({ group, requests }) => `### ${group}\n\n${requests.map(requestEntry).join('')}`,
  );
  const commands = commandNames.map((name) => [`\`${name}\``, definitionOf(name).summary, roleOfCommand(name)]);
  return [
    INTRODUCTION,
    `## Op codes\n\n${codes(['op', 'message', 'what'], opCode, opCodeWords)}`,
    `## Statuses\n\n${codes(['code', 'status', 'what'], requestStatus, requestStatusWords)}`,
    `## Close codes\n\n${codes(['code', 'reason', 'what'], closeCode, closeCodeWords)}`,
    '## Commands\n\nWhat requests of every protocol come down to, and who may give it.\n\n' +
      table(['command', 'what', 'who'], commands),
    `## Requests\n\nFields with a question mark can be left out.\n\n${groups.join('\n')}`,
    `## Vendor requests\n\nThrough \`CallVendorRequest\`, with \`vendorName\` \`${VENDOR_NAME}\`.\n\n${describedVendorRequests().map(requestEntry).join('')}`,
    '## Events\n\nA client asks for categories in `eventSubscriptions`, a sum of these numbers; without it, for all up to 1024.\n\n' +
      codes(['number', 'category', 'what'], categories, categoryWords),
    describedEvents().map(eventEntry).join(''),
    `## Vendor events\n\nIn \`VendorEvent\`.\n\n${describedVendorEvents().map(eventEntry).join('')}`,
  ].join('\n');
}
