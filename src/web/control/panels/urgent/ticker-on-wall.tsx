import { useDesk } from '../../desk.js';
import { Nothing } from '../../parts/panel.js';
import { Picture } from '../../parts/picture.js';
import type { PictureRequest } from '../../pictures/picture-feed.js';
import { layoutOf } from '../../state/hall.js';

const REQUEST: PictureRequest = { view: 'program', widthPx: 960, framesPerSecond: 10 };

/** The ticker as the wall paints it, cut out of the picture on air: not an imitation. */
export function TickerOnWall() {
  const { hall, texts } = useDesk();
  const words = texts.value.urgent;
  const wall = hall.wall.value;
  if (wall === null) return null;
  const cell = layoutOf(wall, wall.program)?.cells.find(({ source, enabled }) => enabled && source === 'ticker');
  if (cell === undefined) return <Nothing words={words.noCell} />;
  const { x, y, widthPx, heightPx } = cell.rectangle;
  return (
    <div class="ticker-on-wall" style={{ aspectRatio: `${widthPx} / ${heightPx}` }}>
      <div
        style={{
          width: `${(wall.wall.widthPx / widthPx) * 100}%`,
          height: `${(wall.wall.heightPx / heightPx) * 100}%`,
          left: `${(-x / widthPx) * 100}%`,
          top: `${(-y / heightPx) * 100}%`,
        }}
      >
        <Picture request={REQUEST} alt={words.onWall} waiting="" />
      </div>
    </div>
  );
}
