import { GlasshallError } from '../core/errors.js';
import type { CountOptions } from '../counts/options.js';
import { TICKER_SOURCE } from '../layout/layout.js';
import { nearestWord } from '../layout/nearest-word.js';
import { fieldsOf, parseTemplate, type TemplateField } from '../ticker/template.js';
import type { Finding } from './problems.js';
import type { ValidParts } from './valid-parts.js';

const TEXT_PATH = ['ticker', 'text'];

/** Whether the running line can be understood, asks for counts that exist, and is there where a layout shows it. */
export function tickerFindings(parts: ValidParts): Finding[] {
  if (parts.tickerText === null) return parts.tickerWritten ? [] : missingTicker(parts);
  try {
    return fieldsOf(parseTemplate(parts.tickerText)).flatMap((field) => checkField(field, parts));
  } catch (failure) {
    if (!(failure instanceof GlasshallError)) throw failure;
    return [
      {
        code: failure.code,
        path: TEXT_PATH,
        message: failure.message,
        mend: 'write counts as {source.field}, a plain brace as {{ or }}',
      },
    ];
  }
}

function missingTicker(parts: ValidParts): Finding[] {
  const index = parts.layouts.findIndex((layout) =>
    layout?.cells === undefined
      ? layout?.areas?.split(/\s+/).includes(TICKER_SOURCE)
      : layout.cells.some((cell) => cell.source === TICKER_SOURCE),
  );
  if (index < 0) return [];
  return [
    {
      code: 'missing',
      path: ['ticker'],
      message: `layouts[${index}] shows the ticker, and there is none`,
      mend: 'add ticker: { text: "…" }',
    },
  ];
}

function checkField(field: TemplateField, parts: ValidParts): Finding[] {
  const written = `{${field.source}.${field.field}}`;
  if (!parts.countIds.has(field.source)) {
    const nearest = nearestWord(field.source, parts.countIds);
    return [
      {
        code: 'unknown-count',
        path: TEXT_PATH,
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
      path: TEXT_PATH,
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
