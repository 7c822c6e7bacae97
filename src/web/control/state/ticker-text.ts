import { GlasshallError } from '../../../core/errors.js';
import { formatCount } from '../../../ticker/format.js';
import { parseTemplate } from '../../../ticker/template.js';
import type { Count } from './hall.js';

/** A piece of a ticker text: words, or a count as it stands on the wall now. `known`: whether any source has that field. */
export type TickerPiece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'count'; readonly field: string; readonly known: boolean; readonly text: string };

/** A text as it reads on the wall, by the wall's own rules; or why it cannot go there. */
export type TickerReading =
  | { readonly kind: 'pieces'; readonly pieces: readonly TickerPiece[] }
  /** `reason` is a stable code such as `unclosed-brace`; `position` counts characters from 0, null where there is none. */
  | { readonly kind: 'mistake'; readonly reason: string; readonly position: number | null };

/** Reads a template with the counts as they are. */
export function readTicker(template: string, counts: readonly Count[]): TickerReading {
  const values = fieldValues(counts);
  try {
    const pieces = parseTemplate(template).tokens.map((token): TickerPiece => {
      if (token.kind === 'text') return { kind: 'words', text: token.text };
      const field = `${token.source}.${token.field}`;
      return { kind: 'count', field, known: values.has(field), text: formatCount(values.get(field)) };
    });
    return { kind: 'pieces', pieces };
  } catch (thrown) {
    if (!(thrown instanceof GlasshallError)) throw thrown;
    const { reason, position } = thrown.parameters;
    return {
      kind: 'mistake',
      reason: typeof reason === 'string' ? reason : thrown.code,
      position: typeof position === 'number' ? position : null,
    };
  }
}

/** Every field that may stand in braces, `source.field`, in the order of the sources. */
export function fieldValues(counts: readonly Count[]): ReadonlyMap<string, number | string | null> {
  return new Map(
    counts.flatMap(({ id, values }) => Object.entries(values).map(([field, value]) => [`${id}.${field}`, value])),
  );
}
