import { BoardSource } from './board/source.js';
import type { BoardOptions } from './board/options.js';
import { ImageSource } from './image/source.js';
import type { ImageOptions } from './image/options.js';
import type { PaintedSource, PaintedSourceContext } from './painted-source.js';

/** Which kinds of painted sources there are, and the options of each. */
type OptionsOf = { board: BoardOptions; image: ImageOptions };

export type PaintedKind = keyof OptionsOf;

/** A painted source as the configuration has it. */
export type PaintedDefinition = {
  [Kind in PaintedKind]: { readonly kind: Kind; readonly options: OptionsOf[Kind] };
}[PaintedKind];

/** Makes a source; nothing has been painted yet. @throws GlasshallError `bad-template` */
export function startPaintedSource(definition: PaintedDefinition, context: PaintedSourceContext): PaintedSource {
  switch (definition.kind) {
    case 'board':
      return new BoardSource(definition.options, context);
    case 'image':
      return new ImageSource(definition.options, context);
  }
}
