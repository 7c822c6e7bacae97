import { BoardSource } from './board/source.js';
import type { BoardOptions } from './board/options.js';
import { ImageSource } from './image/source.js';
import type { ImageOptions } from './image/options.js';
import type { PaintedSource, PaintedSourceContext, PaintedSourceModule } from './painted-source.js';

/** The options of each kind. */
type OptionsOf = { board: BoardOptions; image: ImageOptions };

/** Which kinds of painted sources there are. */
const modules: { readonly [Kind in keyof OptionsOf]: PaintedSourceModule<OptionsOf[Kind]> } = {
  board: { start: (options, context) => new BoardSource(options, context) },
  image: { start: (options, context) => new ImageSource(options, context) },
};

export type PaintedKind = keyof OptionsOf;

/** A painted source as the configuration has it. */
export type PaintedDefinition = {
  [Kind in PaintedKind]: { readonly kind: Kind; readonly options: OptionsOf[Kind] };
}[PaintedKind];

/** Makes a source; nothing has been painted yet. @throws GlasshallError `bad-template` */
export function startPaintedSource(definition: PaintedDefinition, context: PaintedSourceContext): PaintedSource {
  switch (definition.kind) {
    case 'board':
      return modules.board.start(definition.options, context);
    case 'image':
      return modules.image.start(definition.options, context);
  }
}
