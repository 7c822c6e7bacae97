import { dirname, resolve } from 'node:path';
import type { LoadedConfiguration } from '../config/load.js';
import { GlasshallError } from '../core/errors.js';
import type { Size } from '../core/geometry.js';
import type { WallLocale } from '../core/wall-locale.js';
import { smallestBoardTextPx } from '../paint/board.js';
import { SMALLEST_TEXT_PX } from '../paint/sizes.js';
import { boardContent, parseBoard } from '../source/board/content.js';
import type { BoardOptions } from '../source/board/options.js';
import { boardRequest } from '../source/board/source.js';
import { paintImage } from '../paint/image.js';
import type { ImageOptions } from '../source/image/options.js';
import { reasonWords, type Verdict } from './verdict.js';

/** Whether images can be shown, and boards be read in the cells that layouts give them. @param file the configuration's */
export async function checkSources({ configuration, layouts }: LoadedConfiguration, file: string): Promise<Verdict[]> {
  const cells = layouts.flatMap((layout) => layout.cells.map((cell) => ({ ...cell, layout: layout.id })));
  const boards = configuration.boards.flatMap((board) =>
    cells
      .filter(({ source }) => source === board.id)
      .map(({ layout, rectangle }) => checkBoard(board, layout, rectangle, configuration.wall)),
  );
  const images = configuration.images.map((image) => checkImage(image, dirname(file)));
  return Promise.all([...boards, ...images]);
}

async function checkBoard(board: BoardOptions, layout: string, size: Size, locale: WallLocale): Promise<Verdict> {
  const { widthPx, heightPx } = size;
  const request = boardRequest(board, boardContent(parseBoard(board), [], locale), { widthPx, heightPx });
  const textPx = await smallestBoardTextPx(request);
  const verdict = { device: 'board', id: board.id } as const;
  const place = `layout ${layout}, ${widthPx}×${heightPx} px`;
  return textPx >= SMALLEST_TEXT_PX
    ? { ...verdict, state: 'well', message: `${place}: its smallest text is ${textPx} px high`, mend: null }
    : {
        ...verdict,
        state: 'note',
        message: `${place}: its smallest text is ${textPx} px high, and under ${SMALLEST_TEXT_PX} px characters are mush on LEDs`,
        mend: 'make the cell larger, or give the board fewer rows or shorter captions',
      };
}

async function checkImage({ id, file }: ImageOptions, directory: string): Promise<Verdict> {
  const verdict = { device: 'image', id } as const;
  try {
    // All of it: a file may be cut off in the middle.
    await paintImage(resolve(directory, file), { widthPx: 16, heightPx: 16 }, 'contain');
    return { ...verdict, state: 'well', message: `${file} can be shown`, mend: null };
  } catch (failure) {
    if (!(failure instanceof GlasshallError)) throw failure;
    const { message, mend } = reasonWords(failure.code);
    return { ...verdict, state: 'wrong', message: `${file}: ${message}`, mend };
  }
}
