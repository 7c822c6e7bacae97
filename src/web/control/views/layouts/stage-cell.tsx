import { useMemo } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import type { DrawnCell } from '../../layout-editor/drawing.js';
import { HANDLES } from '../../layout-editor/placing.js';
import type { Handle } from '../../layout-editor/placing.js';
import type { DrawingProblem } from '../../layout-editor/problems.js';
import { Icon } from '../../parts/icon.js';
import { Picture } from '../../parts/picture.js';
import type { PictureRequest } from '../../pictures/picture-feed.js';
import type { Wall } from '../../state/hall.js';
import { placeOnWall } from '../../parts/place-on-wall.js';
import { isPainted, sourceName } from '../../state/source-names.js';
import { readTicker } from '../../state/ticker-text.js';

/** Widths that pictures are asked for in, so that pulling a cell does not ask anew at every pixel. */
const PICTURE_WIDTHS_PX = [160, 320, 640] as const;

/** A cell on the stage, with what it shows. */
export function StageCell(props: {
  readonly cell: DrawnCell;
  readonly wall: Wall;
  readonly withPicture: boolean;
  readonly isChosen: boolean;
  /** The only one that is chosen: it has handles. */
  readonly isMain: boolean;
  readonly problems: readonly DrawingProblem[];
  readonly onPress: (event: PointerEvent) => void;
  readonly onHandle: (event: PointerEvent, handle: Handle) => void;
  readonly onFocus: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
}) {
  const { hall, texts } = useDesk();
  const { cell, isChosen, problems } = props;
  const { rectangle } = cell;
  const words = texts.value.editor;
  const name = sourceName(cell.source, hall, texts.value);
  const faults = problems.map(({ code }) => words.problem[code]);
  return (
    <>
      <div
        class={`stage-cell is-${cell.fit} ${cell.source === 'ticker' ? 'is-ticker' : ''} ${isChosen ? 'is-chosen' : ''} ${faults.length > 0 ? 'is-faulty' : ''}`}
        data-cell={cell.id}
        role="button"
        tabIndex={0}
        aria-pressed={isChosen}
        style={placeOnWall(props.wall.wall, rectangle)}
        onPointerDown={props.onPress}
        onFocus={({ currentTarget }) => {
          // A press chooses by itself, and may as well take something out of the choice.
          if (currentTarget.matches(':focus-visible')) props.onFocus();
        }}
        onKeyDown={props.onKey}
      >
        <div class="stage-content" aria-hidden="true">
          <Content cell={cell} wall={props.wall} withPicture={props.withPicture} />
        </div>
        <span class="stage-label">
          {faults.length > 0 && <Icon name="warning" />}
          <b>{name}</b>
          <span>
            {rectangle.widthPx}×{rectangle.heightPx}
          </span>
        </span>
        {faults.length > 0 && <span class="stage-fault">{faults[0]}</span>}
        <span class="visually-hidden">
          {[words.cellPlace(rectangle.x, rectangle.y), ...faults.slice(1)].join(' · ')}
        </span>
      </div>
      {props.isMain && (
        <div class="stage-handles" style={placeOnWall(props.wall.wall, rectangle)} aria-hidden="true">
          {HANDLES.map((handle) => (
            <i
              key={handle}
              class={`stage-handle is-${handle}`}
              onPointerDown={(event) => {
                event.stopPropagation();
                props.onHandle(event, handle);
              }}
            />
          ))}
        </div>
      )}
    </>
  );
}

function Content(props: { readonly cell: DrawnCell; readonly wall: Wall; readonly withPicture: boolean }) {
  const { texts, hall, wallClock, serverNow } = useDesk();
  const { source, rectangle } = props.cell;
  const isCamera = hall.tiles.value?.some(({ value }) => value.camera === source) === true;
  const width = PICTURE_WIDTHS_PX.find((each) => each >= rectangle.widthPx) ?? 640;
  const request = useMemo<PictureRequest>(
    () => ({ view: 'camera', camera: source, widthPx: width, framesPerSecond: 4 }),
    [source, width],
  );
  if (source === 'ticker') {
    const reading = readTicker(props.wall.tickerText, hall.counts.value ?? []);
    const text = reading.kind === 'pieces' ? reading.pieces.map((piece) => piece.text).join('') : '';
    return <span class="stage-ticker">{text}</span>;
  }
  if (source === 'clock') return <span class="stage-clock">{wallClock.value.seconds(serverNow())}</span>;
  if (!(isCamera || isPainted(source, props.wall)) || !props.withPicture) return null;
  return <Picture request={request} alt="" waiting={texts.value.editor.waiting} />;
}
