import { GlasshallError } from '../core/errors.js';

/** A count's place in a text: `{queue.waiting}` is source `queue`, field `waiting`. */
export type TemplateField = { readonly source: string; readonly field: string };

export type TemplateToken =
  { readonly kind: 'text'; readonly text: string } | ({ readonly kind: 'field' } & TemplateField);

/** A text of the running line, taken apart. */
export type Template = { readonly text: string; readonly tokens: readonly TemplateToken[] };

/** The longest text of the running line, in UTF-16 units. */
export const LONGEST_TEXT = 2_000;

const FIELD = /^([a-z][a-z0-9_-]*)\.([A-Za-z][A-Za-z0-9_-]*)$/;

/**
 * Takes a text apart at its counts. A literal brace is written twice: `{{` and `}}`.
 * @throws GlasshallError `bad-template` with `position` (characters counted from 0) and `reason`: `unclosed-brace`,
 * `stray-brace`, `empty-field`, `bad-field`; `text-too-long` with `length` and `maximum`
 */
export function parseTemplate(text: string): Template {
  if (text.length > LONGEST_TEXT) {
    throw new GlasshallError(
      'text-too-long',
      `a ticker text has at most ${LONGEST_TEXT} characters, this one has ${text.length}`,
      {
        length: text.length,
        maximum: LONGEST_TEXT,
      },
    );
  }
  const tokens: TemplateToken[] = [];
  let literal = '';
  let position = 0;
  while (position < text.length) {
    const character = text.charAt(position);
    if ((character === '{' || character === '}') && text.charAt(position + 1) === character) {
      literal += character;
      position += 2;
    } else if (character === '{') {
      const end = text.indexOf('}', position);
      const field = fieldAt(text, position, end);
      if (literal !== '') tokens.push({ kind: 'text', text: literal });
      literal = '';
      tokens.push({ kind: 'field', ...field });
      position = end + 1;
    } else if (character === '}') {
      throw badTemplate(
        'stray-brace',
        position,
        'a closing brace without an opening one; a literal brace is written }}',
      );
    } else {
      literal += character;
      position += 1;
    }
  }
  if (literal !== '') tokens.push({ kind: 'text', text: literal });
  return { text, tokens };
}

/** The counts that a text asks for, each once, in the order of their first place. */
export function fieldsOf(template: Template): readonly TemplateField[] {
  const found = new Map<string, TemplateField>();
  for (const token of template.tokens) {
    if (token.kind !== 'field') continue;
    const key = `${token.source}.${token.field}`;
    if (!found.has(key)) found.set(key, { source: token.source, field: token.field });
  }
  return [...found.values()];
}

function fieldAt(text: string, start: number, end: number): TemplateField {
  const content = text.slice(start + 1, end === -1 ? undefined : end);
  if (end === -1 || content.includes('{')) {
    throw badTemplate('unclosed-brace', start, 'an opening brace that is not closed; a literal brace is written {{');
  }
  const name = content.trim();
  if (name === '') throw badTemplate('empty-field', start, 'braces with nothing in them; write {source.field}');
  const match = FIELD.exec(name);
  if (match?.[1] === undefined || match[2] === undefined) {
    throw badTemplate('bad-field', start, 'a count is written {source.field}, such as {queue.waiting}');
  }
  return { source: match[1], field: match[2] };
}

function badTemplate(reason: string, position: number, explanation: string): GlasshallError {
  return new GlasshallError('bad-template', `at character ${position + 1}: ${explanation}`, { reason, position });
}
