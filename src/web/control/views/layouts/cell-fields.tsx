import { useSignal } from '@preact/signals';
import type { Rectangle } from '../../../../core/geometry.js';
import { useDesk } from '../../desk.js';
import { withCell } from '../../layout-editor/drawing.js';
import type { DrawnCell } from '../../layout-editor/drawing.js';
import { duplicateCells, removeCells, reorderCell, splitCell } from '../../layout-editor/operations.js';
import { kept } from '../../layout-editor/placing.js';
import type { Wall } from '../../state/hall.js';
import { sourceKinds } from '../../../../layout/sources.js';
import { kindOf } from '../../state/source-names.js';
import { sourceChoices } from './sources.js';
import type { Work } from './work.js';

const STEPS = ['front', 'forward', 'backward', 'back'] as const;
const SPLITS = [
  ['2x1', 2, 1],
  ['1x2', 1, 2],
  ['3x1', 3, 1],
  ['1x3', 1, 3],
  ['4x1', 4, 1],
  ['2x2', 2, 2],
] as const;

/** Everything about one cell. */
export function CellFields({
  work,
  wall,
  cell,
}: {
  readonly work: Work;
  readonly wall: Wall;
  readonly cell: DrawnCell;
}) {
  const { texts, hall } = useDesk();
  const words = texts.value.editor;
  const drawing = work.drawing.value;
  const tiles = hall.tiles.value ?? [];
  const choices = sourceChoices(hall, wall, texts.value, cell.source);
  const unused = tiles
    .map(({ value }) => value.camera)
    .filter((camera) => !drawing.cells.some(({ source }) => source === camera));
  return (
    <>
      <h3>
        {words.cell} <small>{cell.id}</small>
      </h3>
      <label class="field">
        <span>{words.source}</span>
        <select
          value={cell.source}
          onChange={({ currentTarget }) => work.step(withCell(drawing, cell.id, { source: currentTarget.value }))}
        >
          {(
            [
              [words.cameras, choices.cameras],
              [words.other, choices.others],
            ] as const
          ).map(([label, list]) => (
            <optgroup key={label} label={label}>
              {list.map(({ source, name }) => (
                <option key={source} value={source}>
                  {name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <Place work={work} wall={wall} cell={cell} />
      {sourceKinds[kindOf(cell.source, wall)].hasShape && (
        <fieldset class="field">
          <legend>{words.fit}</legend>
          <div class="segments">
            {(['cover', 'contain'] as const).map((fit) => (
              <button
                key={fit}
                type="button"
                class="button"
                aria-pressed={cell.fit === fit}
                onClick={() => work.step(withCell(drawing, cell.id, { fit }))}
              >
                {words[fit]}
              </button>
            ))}
          </div>
        </fieldset>
      )}
      <fieldset class="field">
        <legend>{words.split}</legend>
        <div class="inspector-splits">
          {SPLITS.map(([name, columns, rows]) => (
            <button
              key={name}
              type="button"
              class="button"
              title={words.splits[name]}
              aria-label={words.splits[name]}
              onClick={() => work.does(splitCell(drawing, cell.id, columns, rows, wall.wall, unused))}
            >
              <SplitSign columns={columns} rows={rows} />
            </button>
          ))}
        </div>
      </fieldset>
      <fieldset class="field">
        <legend>{words.order}</legend>
        <div class="inspector-buttons">
          {STEPS.map((step) => (
            <button
              key={step}
              type="button"
              class="button"
              onClick={() => work.does(reorderCell(drawing, cell.id, step))}
            >
              {words.steps[step]}
            </button>
          ))}
        </div>
      </fieldset>
      <fieldset class="field">
        <legend>{words.arrange}</legend>
        <div class="inspector-buttons">
          <button type="button" class="button" onClick={() => work.does(duplicateCells(drawing, [cell.id], wall.wall))}>
            {words.duplicate}
          </button>
          <button type="button" class="button" onClick={() => work.does(removeCells(drawing, [cell.id]))}>
            {words.remove}
          </button>
        </div>
      </fieldset>
    </>
  );
}

/** Exact figures, in pixels of the wall or in per cent of it. */
function Place({ work, wall, cell }: { readonly work: Work; readonly wall: Wall; readonly cell: DrawnCell }) {
  const { texts } = useDesk();
  const words = texts.value.editor;
  const unit = useSignal<'px' | 'percent'>('px');
  const { widthPx, heightPx } = wall.wall;
  const fields = [
    ['x', 'x', widthPx],
    ['y', 'y', heightPx],
    ['widthPx', 'width', widthPx],
    ['heightPx', 'height', heightPx],
  ] as const;
  const isPercent = unit.value === 'percent';
  const change = (key: keyof Rectangle, value: number, whole: number): void => {
    if (!Number.isFinite(value)) return;
    const px = Math.round(isPercent ? (value * whole) / 100 : value);
    const rectangle = kept({ ...cell.rectangle, [key]: px }, wall.wall);
    work.step(withCell(work.drawing.value, cell.id, { rectangle }), `figure ${cell.id} ${key}`);
  };
  return (
    <fieldset class="field">
      <legend>{words.place}</legend>
      <div class="segments" role="group" aria-label={words.unit}>
        {(['px', 'percent'] as const).map((each) => (
          <button
            key={each}
            type="button"
            class="button"
            aria-pressed={unit.value === each}
            onClick={() => (unit.value = each)}
          >
            {words[each]}
          </button>
        ))}
      </div>
      <div class="inspector-figures">
        {fields.map(([key, word, whole]) => (
          <label key={key}>
            <span>{words[word]}</span>
            <input
              type="number"
              inputMode="decimal"
              step={isPercent ? 0.1 : 1}
              value={isPercent ? Math.round((cell.rectangle[key] / whole) * 10_000) / 100 : cell.rectangle[key]}
              onChange={({ currentTarget }) => change(key, currentTarget.valueAsNumber, whole)}
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A small picture of how a cell is split. */
function SplitSign({ columns, rows }: { readonly columns: number; readonly rows: number }) {
  return (
    <svg class="icon" viewBox="0 0 24 16" width="24" height="16" aria-hidden="true" focusable="false">
      {Array.from({ length: columns * rows }, (_, index) => (
        <rect
          key={index}
          x={(index % columns) * (24 / columns) + 0.75}
          y={Math.floor(index / columns) * (16 / rows) + 0.75}
          width={24 / columns - 1.5}
          height={16 / rows - 1.5}
        />
      ))}
    </svg>
  );
}
