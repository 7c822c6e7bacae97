import { reasonWords, wordsFor } from '../i18n/languages.js';
import type { Texts } from '../i18n/languages.js';

type Fields = Readonly<Record<string, unknown>>;

/** What an entry of the audit log says, in a line. */
export function auditWords(kind: string, fields: Fields, texts: Texts): string {
  const words = texts.records;
  const part = (name: string): string => plain(fields[name]);
  const state = fields['state'];
  switch (kind) {
    case 'command': {
      const name = wordsFor(texts.take.undone, part('command')) ?? part('command');
      const result = wordsFor(words.results, part('result')) ?? part('result');
      const code = fields['code'];
      return [
        name,
        plain(fields['data']),
        typeof code === 'string' ? texts.because(result, codeWords(code, texts)) : null,
      ]
        .filter((piece) => piece !== null && piece !== '')
        .join(' · ');
    }
    case 'shown':
    case 'cells':
      return nameOf(fields['layout']);
    case 'tile':
      return [part('name'), wordsFor(texts.cameras.states, String(state)) ?? plain(state), reasonOf(fields, texts)]
        .filter((piece) => piece !== '')
        .join(' · ');
    case 'blackout':
    case 'freeze':
      return fields['on'] === true ? words.on : words.off;
    case 'ticker':
      return part('text');
    case 'service':
    case 'tour':
    case 'schedule':
      return [part('event'), plain(fields['details'])].filter((piece) => piece !== '').join(' · ');
    default:
      return plain(
        Object.fromEntries(
          Object.entries(fields).filter(([name]) => !UNSAID.has(name) && typeof fields[name] !== 'object'),
        ),
      );
  }
}

/** What stands in columns of its own, or says nothing to people. */
const UNSAID: ReadonlySet<string> = new Set(['sequence', 'atMs', 'kind', 'actor', 'previous', 'hash', 'command']);

function codeWords(code: string, texts: Texts): string {
  return wordsFor(texts.errors.codes, code) ?? code;
}

function reasonOf({ reason }: Fields, texts: Texts): string {
  return typeof reason === 'string' ? reasonWords(texts, reason) : '';
}

function nameOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'name' in value ? plain(value.name) : plain(value);
}

/** A value as it stands, without the signs of its notation. */
function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return JSON.stringify(value);
  return Object.entries(value)
    .map(([name, inner]) => [name, plain(inner)])
    .filter(([, inner]) => inner !== '')
    .map(([name, inner]) => `${name ?? ''} ${inner ?? ''}`)
    .join(', ');
}
