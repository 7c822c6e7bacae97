import { useDesk } from '../../desk.js';
import { cellIn } from '../../layout-editor/drawing.js';
import { duplicateCells, mergeCells, removeCells } from '../../layout-editor/operations.js';
import type { DrawingProblem } from '../../layout-editor/problems.js';
import { Icon } from '../../parts/icon.js';
import type { Wall } from '../../state/hall.js';
import { sourceName } from '../../state/source-names.js';
import { CellFields } from './cell-fields.js';
import './inspector.css';
import type { Work } from './work.js';

/** What is chosen in figures and words: a cell, several, or the layout. */
export function Inspector(props: {
  readonly work: Work;
  readonly wall: Wall;
  readonly problems: readonly DrawingProblem[];
  /** Whether the layout's id may be another. */
  readonly canRename: boolean;
}) {
  const { texts } = useDesk();
  const { work, wall } = props;
  const words = texts.value.editor;
  const ids = work.selection.value;
  const [main] = ids;
  const cell = main === undefined || ids.length > 1 ? null : cellIn(work.drawing.value, main);
  return (
    <aside class="panel inspector" aria-label={cell === null ? words.layout : words.cell}>
      {cell !== null && <CellFields key={cell.id} work={work} wall={wall} cell={cell} />}
      {ids.length > 1 && <Several work={work} wall={wall} />}
      {ids.length === 0 && <LayoutFields {...props} />}
      <Problems work={work} problems={props.problems} />
    </aside>
  );
}

function Several({ work, wall }: { readonly work: Work; readonly wall: Wall }) {
  const { texts } = useDesk();
  const words = texts.value.editor;
  const ids = work.selection.value;
  return (
    <>
      <h3>{words.chosen(ids.length)}</h3>
      <div class="inspector-buttons">
        <button type="button" class="button" onClick={() => work.does(mergeCells(work.drawing.value, ids))}>
          {words.merge}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => work.does(duplicateCells(work.drawing.value, ids, wall.wall))}
        >
          {words.duplicate}
        </button>
        <button type="button" class="button" onClick={() => work.does(removeCells(work.drawing.value, ids))}>
          {words.remove}
        </button>
      </div>
    </>
  );
}

function LayoutFields({ work, canRename }: { readonly work: Work; readonly canRename: boolean }) {
  const { texts, hall } = useDesk();
  const words = texts.value.editor;
  const drawing = work.drawing.value;
  return (
    <>
      <h3>{words.layout}</h3>
      <label class="field">
        <span>{words.name}</span>
        <input
          type="text"
          maxLength={60}
          value={drawing.name}
          onInput={({ currentTarget }) => work.step({ ...drawing, name: currentTarget.value }, 'name')}
        />
      </label>
      <label class="field">
        <span>
          {words.id} <small>{words.idHint}</small>
        </span>
        <input
          type="text"
          maxLength={60}
          value={drawing.id}
          readOnly={!canRename}
          spellcheck={false}
          onInput={({ currentTarget }) => work.step({ ...drawing, id: currentTarget.value }, 'id')}
        />
      </label>
      <h4>{words.cells}</h4>
      <ul class="inspector-cells">
        {[...drawing.cells].reverse().map((cell) => (
          <li key={cell.id}>
            <button type="button" class="inspector-cell" onClick={() => (work.selection.value = [cell.id])}>
              <b>{sourceName(cell.source, hall, texts.value)}</b>
              <span>
                {cell.rectangle.widthPx}×{cell.rectangle.heightPx}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Problems({ work, problems }: { readonly work: Work; readonly problems: readonly DrawingProblem[] }) {
  const { texts, hall } = useDesk();
  const words = texts.value.editor;
  if (problems.length === 0) return null;
  return (
    <div class="inspector-problems">
      <p>
        <Icon name="warning" />
        {words.problems(problems.length)}
      </p>
      <ul>
        {problems.map(({ cell, code }) => {
          const found = cell === null ? null : cellIn(work.drawing.value, cell);
          if (found === null) return <li key={code}>{words.problem[code]}</li>;
          const name = sourceName(found.source, hall, texts.value);
          return (
            <li key={`${found.id}${code}`}>
              <button type="button" class="inspector-problem" onClick={() => (work.selection.value = [found.id])}>
                {name}：{words.problem[code]}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
