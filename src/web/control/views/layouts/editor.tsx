import type { SourceKind } from '../../../../layout/sources.js';
import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { LayoutCatalogue } from '../../commands/layout-making.js';
import { useDesk } from '../../desk.js';
import { addCell } from '../../layout-editor/operations.js';
import { problemsOf } from '../../layout-editor/problems.js';
import { Confirmation } from '../../parts/confirmation.js';
import '../../parts/editing.css';
import { guardLeaving } from '../../parts/guard-leaving.js';
import { Icon } from '../../parts/icon.js';
import type { Wall } from '../../state/hall.js';
import './editor.css';
import { Inspector } from './inspector.js';
import { createSaving } from './saving.js';
import { nextSource } from './sources.js';
import { Stage } from './stage.js';
import { createWork, openWork, originOf } from './work.js';
import type { Work } from './work.js';

type Question = 'none' | 'leave' | 'on-air';

/** The drawing board: tools above, the wall, and what is chosen beside it. */
export function Editor(props: {
  readonly work: Work;
  readonly wall: Wall;
  readonly catalogue: LayoutCatalogue;
  readonly reload: () => Promise<LayoutCatalogue | null>;
}) {
  const desk = useDesk();
  const { work, wall, catalogue } = props;
  const { texts, may, hall, commands } = desk;
  const words = texts.value.editor;
  const question = useSignal<Question>('none');
  const whereTo = useSignal<string | null>(null);
  const drawing = work.drawing.value;
  const { replaces } = work.origin.value;
  const problems = useComputed(() =>
    problemsOf(work.drawing.value, {
      wall: wall.wall,
      sources: new Map<string, SourceKind>([
        ...(hall.tiles.value ?? []).map(({ value }) => [value.camera, 'camera'] as const),
        ...wall.sources.map(({ id, kind }) => [id, kind] as const),
      ]),
      others: catalogue.layouts.filter(({ id }) => id !== work.origin.value.replaces),
    }),
  );
  const saving = createSaving(work, commands.layoutMaking, props.reload);
  const { file } = catalogue;
  const base = catalogue.layouts.find(({ id }) => id === replaces);
  const canSave = may.value.administer && file.problem === null && problems.value.length === 0;
  const save = async (confirm: boolean): Promise<void> => {
    question.value = 'none';
    if (!confirm && saving.changesAir(wall, catalogue)) question.value = 'on-air';
    else await saving.save(catalogue, confirm);
  };
  useEffect(
    () =>
      guardLeaving(work.isUnsaved, (hash) => {
        whereTo.value = hash;
        question.value = 'leave';
      }),
    [work, question, whereTo],
  );
  useEffect(() => listen(work), [work]);
  const leave = (): void => {
    openWork.value = null;
    window.location.hash = whereTo.value ?? '#/layouts';
  };
  const { history, tools, isUnsaved } = work;
  return (
    <div class="editor">
      <div class="editor-bar">
        <button
          type="button"
          class="button is-quiet"
          onClick={() => {
            whereTo.value = '#/layouts';
            if (isUnsaved.value) question.value = 'leave';
            else leave();
          }}
        >
          <span aria-hidden="true">‹</span> {words.back}
        </button>
        <h2 class="editor-name">{drawing.name}</h2>
        <span class={`editor-state ${isUnsaved.value ? 'is-unsaved' : ''}`} role="status">
          {isUnsaved.value
            ? `● ${words.unsaved}`
            : work.origin.value.draft === null
              ? words.savedInUse
              : words.draftSaved}
        </span>
        <div class="editor-tools" role="toolbar" aria-label={words.tools}>
          <button type="button" class="button" disabled={history.value.past.length === 0} onClick={work.undo}>
            <span aria-hidden="true">↶</span> {words.undo}
          </button>
          <button type="button" class="button" disabled={history.value.future.length === 0} onClick={work.redo}>
            <span aria-hidden="true">↷</span> {words.redo}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => {
              const { widthPx, heightPx } = wall.wall;
              const used = drawing.cells.map(({ source }) => source);
              const third = {
                x: Math.round(widthPx / 3),
                y: Math.round(heightPx / 3),
                widthPx: Math.round(widthPx / 3),
                heightPx: Math.round(heightPx / 3),
              };
              work.does(addCell(drawing, nextSource(hall.tiles.value ?? [], used), third, wall.wall));
            }}
          >
            <span aria-hidden="true">＋</span> {words.add}
          </button>
          {(['snap', 'aspect', 'several'] as const).map((tool) => (
            <button
              key={tool}
              type="button"
              class="button editor-toggle"
              aria-pressed={tools[tool].value}
              onClick={() => (tools[tool].value = !tools[tool].value)}
            >
              {words[tool]}
            </button>
          ))}
        </div>
        <div class="editor-saves">
          <button type="button" class="button" disabled={!may.value.operate} onClick={() => void saving.saveDraft()}>
            {words.saveDraft}
          </button>
          <button
            type="button"
            class="button is-primary"
            disabled={!canSave || (!isUnsaved.value && work.origin.value.draft === null)}
            onClick={() => void save(false)}
          >
            {words.save}
          </button>
        </div>
      </div>
      {file.problem !== null && (
        <p class="editor-note">
          <Icon name="warning" />
          {words.file[file.problem]}
        </p>
      )}
      {file.problem === null && !may.value.administer && <p class="editor-note">{words.needAdmin}</p>}
      {base?.drawn === true && isUnsaved.value && <p class="editor-note">{words.drawnNote}</p>}
      {saving.isOutdated(catalogue) && (
        <p class="editor-note is-warning">
          <Icon name="warning" />
          {words.conflict}
          <button
            type="button"
            class="button is-quiet"
            onClick={() => {
              const origin = originOf(replaces ?? '', catalogue);
              if (origin !== null) openWork.value = createWork({ ...origin, addresses: work.origin.value.addresses });
            }}
          >
            {words.loadTheirs}
          </button>
        </p>
      )}
      <div class="editor-body">
        <Stage work={work} wall={wall} problems={problems.value} />
        <Inspector work={work} wall={wall} problems={problems.value} canRename={replaces === null} />
      </div>
      {question.value === 'leave' && (
        <Confirmation
          heading={words.leaveTitle}
          question={words.leaveQuestion}
          cancel={words.stay}
          onCancel={() => (question.value = 'none')}
        >
          <button type="button" class="button" onClick={leave}>
            {words.leave}
          </button>
          <button
            type="button"
            class="button is-primary"
            onClick={() => {
              question.value = 'none';
              void saving.saveDraft().then((isKept) => {
                if (isKept) leave();
              });
            }}
          >
            {words.saveDraft}
          </button>
        </Confirmation>
      )}
      {question.value === 'on-air' && (
        <Confirmation
          heading={words.onAirTitle}
          question={words.onAirQuestion}
          cancel={words.cancel}
          onCancel={() => (question.value = 'none')}
        >
          <button type="button" class="button is-danger" onClick={() => void save(true)}>
            {words.onAirConfirm}
          </button>
        </Confirmation>
      )}
    </div>
  );
}

/** Undo and redo, by the places of the keys. @returns how to stop */
function listen(work: Work): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
    const inText = document.activeElement?.matches('input:not([type="checkbox"]), textarea') === true;
    if (inText || document.querySelector('dialog[open]') !== null) return;
    if (event.code === 'KeyZ') (event.shiftKey ? work.redo : work.undo)();
    else if (event.code === 'KeyY' && !event.shiftKey) work.redo();
    else return;
    event.preventDefault();
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
