import type { Signal } from '@preact/signals';
import { useDesk } from '../../desk.js';
import { Panel } from '../../parts/panel.js';
import { Picture } from '../../parts/picture.js';
import { placeOnWall } from '../../parts/place-on-wall.js';
import { PixelMapDrawing } from '../../parts/pixel-map-drawing.js';
import type { PictureRequest } from '../../pictures/picture-feed.js';
import { layoutOf } from '../../state/hall.js';
import type { PixelMap, Wall } from '../../state/hall.js';
import { isCabinet } from '../../state/patterns.js';
import type { PatternTarget } from '../../state/patterns.js';
import './wall-picture.css';

const REQUEST: PictureRequest = { view: 'program', widthPx: 960, framesPerSecond: 10 };

/** What the wall shows, large, with its cabinets over it. Pressing a cabinet makes it the target of the test picture. */
export function WallPicture({ target }: { readonly target: Signal<PatternTarget> }) {
  const { hall, texts, preferences } = useDesk();
  const words = texts.value;
  const wall = hall.wall.value;
  const maps = hall.pixelMaps.value;
  const name = wall === null ? '—' : (layoutOf(wall, wall.program)?.name ?? '—');
  return (
    <Panel
      id="wall-picture"
      heading={words.buses.program}
      aside={
        <>
          <span class="panel-note">{name}</span>
          <label class="switch wall-picture-switch">
            <input
              type="checkbox"
              checked={preferences.pixelMap.value}
              onChange={({ currentTarget }) => (preferences.pixelMap.value = currentTarget.checked)}
            />
            <span>{words.outputs.showMap}</span>
          </label>
        </>
      }
    >
      <div
        class="wall-picture"
        style={wall === null ? {} : { aspectRatio: `${wall.wall.widthPx} / ${wall.wall.heightPx}` }}
      >
        <Picture request={REQUEST} alt={words.buses.programAlt(name)} waiting={words.buses.waiting} />
        {wall !== null && maps !== null && (
          <>
            <PixelMapDrawing wall={wall} maps={maps} />
            {maps.map((map) => (
              <Cabinets key={map.output} wall={wall} map={map} target={target} />
            ))}
          </>
        )}
        {wall?.blackout === true && <p class="picture-note">{words.buses.blackout}</p>}
      </div>
    </Panel>
  );
}

function Cabinets(props: { readonly wall: Wall; readonly map: PixelMap; readonly target: Signal<PatternTarget> }) {
  const { texts } = useDesk();
  const words = texts.value.patterns;
  const { wall, map, target } = props;
  return (
    <>
      {map.cabinets.map(({ number, rectangle }) => (
        <button
          key={number}
          class="wall-cabinet"
          type="button"
          aria-pressed={isCabinet(target.value, map.output, number)}
          aria-label={words.cabinetOf(map.output, number)}
          style={placeOnWall(wall.wall, rectangle)}
          onClick={() => (target.value = { kind: 'cabinet', output: map.output, cabinet: number })}
        />
      ))}
    </>
  );
}
