import { GlasshallError } from '../core/errors.js';
import type { CountOptions } from '../counts/options.js';
import { nearestWord } from '../layout/nearest-word.js';
import { fieldsOf, parseTemplate, type TemplateField } from '../ticker/template.js';
import type { Finding } from './problems.js';
import type { ValidParts } from './valid-parts.js';

type CountParts = Pick<ValidParts, 'counts' | 'countIds'>;

/** Whether a text with counts in braces can be understood and asks for counts that exist. @param path where it is written */
export function templateFindings(text: string, path: Finding['path'], parts: CountParts): Finding[] {
  try {
    return fieldsOf(parseTemplate(text)).flatMap((field) => checkField(field, path, parts));
  } catch (failure) {
    if (!(failure instanceof GlasshallError)) throw failure;
    return [
      {
        code: failure.code,
        path,
        message: failure.message,
        mend: 'write counts as {source.field}, a plain brace as {{ or }}',
      },
    ];
  }
}

function checkField(field: TemplateField, path: Finding['path'], parts: CountParts): Finding[] {
  const written = `{${field.source}.${field.field}}`;
  if (!parts.countIds.has(field.source)) {
    const nearest = nearestWord(field.source, parts.countIds);
    return [
      {
        code: 'unknown-count',
        path,
        message: `${written} asks for the counts "${field.source}", which are not configured`,
        mend:
          nearest === null
            ? `add them under counts: { id: ${field.source}, … }`
            : `did you mean {${nearest}.${field.field}}?`,
      },
    ];
  }
  const fields = fieldNamesOf(parts.counts.find((count) => count?.id === field.source) ?? null);
  if (fields === null || fields.includes(field.field)) return [];
  const nearest = nearestWord(field.field, fields);
  return [
    {
      code: 'unknown-field',
      path,
      message: `${written}: the counts "${field.source}" have no field "${field.field}"`,
      mend:
        nearest === null
          ? `add it to their fields; there are ${fields.join(', ')}`
          : `did you mean {${field.source}.${nearest}}?`,
    },
  ];
}

/** The fields that a source can have; null when it takes any. */
function fieldNamesOf(count: CountOptions | null): readonly string[] | null {
  if (count === null) return null;
  return count.type === 'http' ? Object.keys(count.fields) : (count.fields ?? null);
}
