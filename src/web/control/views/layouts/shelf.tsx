import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { LayoutCatalogue } from '../../commands/layout-making.js';
import { useDesk } from '../../desk.js';
import { drawingOf } from '../../layout-editor/drawing.js';
import type { GivenLayout } from '../../layout-editor/drawing.js';
import { TEMPLATES, templateOf } from '../../layout-editor/templates.js';
import type { TemplateName } from '../../layout-editor/templates.js';
import { Confirmation } from '../../parts/confirmation.js';
import { Icon } from '../../parts/icon.js';
import { LayoutMiniature } from '../../parts/layout-miniature.js';
import { Nothing, Panel } from '../../parts/panel.js';
import type { Wall } from '../../state/hall.js';
import { goTo, hashOf } from '../../state/place.js';
import './shelf.css';
import { createWork, detailOfDraft, freeNumber, openWork } from './work.js';

type Removal = { readonly name: string; readonly draft: string | null; readonly layout: string | null };

/** All layouts and drafts, and what one can begin with. */
export function Shelf({ wall, catalogue }: { readonly wall: Wall; readonly catalogue: LayoutCatalogue }) {
  const { texts, may, commands, wallClock } = useDesk();
  const words = texts.value.editor;
  const removal = useSignal<Removal | null>(null);
  const { file, layouts, drafts } = catalogue;
  const remove = async ({ draft, layout }: Removal): Promise<void> => {
    removal.value = null;
    if (draft !== null) await commands.layoutMaking.removeDraft(draft);
    if (layout !== null && file.revision !== null) {
      await commands.layoutMaking.remove({ layout, fileRevision: file.revision });
    }
  };
  const asked = removal.value;
  const canMake = may.value.operate;
  return (
    <>
      {!canMake && <p class="shelf-note">{words.readOnly}</p>}
      <p class="shelf-note shelf-on-phone">{words.onPhone}</p>
      {file.problem !== null && (
        <p class="shelf-note is-warning">
          <Icon name="warning" />
          {words.file[file.problem]}
        </p>
      )}
      <Unfinished />
      {canMake && <Beginnings wall={wall} catalogue={catalogue} />}
      <Panel id="shelf-drafts" heading={words.drafts} aside={<span class="panel-note">{words.draftsHint}</span>}>
        {drafts.length === 0 && <Nothing words={words.noDrafts} />}
        <ul class="shelf-list">
          {drafts.map(({ id, layout, by, savedAtMs, replaces }) => (
            <li key={id}>
              <Card
                wall={wall}
                layout={layout}
                marks={[]}
                notes={[
                  words.draftBy(by, wallClock.value.moment(savedAtMs)),
                  ...(replaces === null
                    ? []
                    : [words.draftReplaces(layouts.find((other) => other.id === replaces)?.name ?? replaces)]),
                ]}
                detail={canMake ? detailOfDraft(id) : null}
              >
                {canMake && (
                  <button
                    type="button"
                    class="button is-quiet"
                    onClick={() => (removal.value = { name: layout.name, draft: id, layout: null })}
                  >
                    {words.remove}
                  </button>
                )}
              </Card>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel
        id="shelf"
        heading={words.shelf}
        aside={<span class="panel-note">{`${words.shelfHint} ${file.name}`}</span>}
      >
        <ul class="shelf-list">
          {layouts.map((layout) => (
            <li key={layout.id}>
              <LayoutCard
                wall={wall}
                catalogue={catalogue}
                layout={layout}
                onRemove={() => (removal.value = { name: layout.name, draft: null, layout: layout.id })}
              />
            </li>
          ))}
        </ul>
      </Panel>
      {asked !== null && (
        <Confirmation
          heading={words.remove}
          question={asked.draft === null ? words.removeLayout(asked.name) : words.removeDraft(asked.name)}
          cancel={words.cancel}
          onCancel={() => (removal.value = null)}
        >
          <button type="button" class="button is-danger" onClick={() => void remove(asked)}>
            {words.remove}
          </button>
        </Confirmation>
      )}
    </>
  );
}

function LayoutCard(props: {
  readonly wall: Wall;
  readonly catalogue: LayoutCatalogue;
  readonly layout: LayoutCatalogue['layouts'][number];
  readonly onRemove: () => void;
}) {
  const { texts, may, commands } = useDesk();
  const words = texts.value.editor;
  const { wall, layout, catalogue } = props;
  const notes = layout.uses.flatMap(({ kind, name }) => {
    if (kind === 'tour') return [words.uses.tour(name ?? '')];
    if (kind === 'schedule') return [name === null ? words.uses.scheduleOtherwise : words.uses.schedule(name)];
    return [];
  });
  const marks = layout.uses.flatMap(({ kind }) => (kind === 'program' || kind === 'preview' ? [kind] : []));
  const canRemove = layout.uses.length === 0 && catalogue.file.problem === null && catalogue.layouts.length > 1;
  return (
    <Card wall={wall} layout={layout} marks={marks} notes={notes} detail={may.value.operate ? layout.id : null}>
      {may.value.operate && (
        <>
          <button type="button" class="button is-quiet" onClick={() => void commands.switching.selectLayout(layout.id)}>
            {words.prepare}
          </button>
          <button
            type="button"
            class="button is-quiet"
            onClick={() => copy(catalogue, layout, words.copyName(layout.name))}
          >
            {words.duplicate}
          </button>
        </>
      )}
      {may.value.administer && (
        <button type="button" class="button is-quiet" disabled={!canRemove} onClick={props.onRemove}>
          {words.remove}
        </button>
      )}
    </Card>
  );
}

function Card(props: {
  readonly wall: Wall;
  readonly layout: GivenLayout;
  readonly marks: readonly ('program' | 'preview')[];
  readonly notes: readonly string[];
  /** Where it is edited; null where it cannot be. */
  readonly detail: string | null;
  readonly children: preact.ComponentChildren;
}) {
  const { texts } = useDesk();
  const { wall, layout, detail } = props;
  const words = texts.value;
  const drawn = { ...layout, fullScreenOf: null, cells: layout.cells.map((cell) => ({ ...cell, enabled: true })) };
  return (
    <article class="shelf-card" aria-label={layout.name}>
      <LayoutMiniature wall={wall} layout={drawn} />
      <h3>
        <span class="shelf-name">{layout.name}</span>
        {props.marks.map((mark) => (
          <span key={mark} class={`mark is-${mark}`}>
            {mark === 'program' ? words.buses.programShort : words.buses.previewShort}
          </span>
        ))}
      </h3>
      <p class="shelf-notes">{props.notes.join(' · ')}</p>
      <div class="shelf-buttons">
        {detail !== null && (
          <a class="button shelf-edit" href={hashOf({ view: 'layouts', detail })}>
            {words.editor.edit}
            <span class="visually-hidden"> {layout.name}</span>
          </a>
        )}
        {props.children}
      </div>
    </article>
  );
}

/** What was left on the drawing board. */
function Unfinished() {
  const { texts } = useDesk();
  const words = texts.value.editor;
  const work = openWork.value;
  const isDone = work?.isUnsaved.value === false;
  useEffect(() => {
    if (isDone) openWork.value = null;
  }, [isDone]);
  if (work === null || !work.isUnsaved.value) return null;
  return (
    <div class="shelf-note is-warning shelf-unfinished">
      <Icon name="warning" />
      <span>
        {words.unfinished}：{work.drawing.value.name}
      </span>
      <a class="button" href={hashOf({ view: 'layouts', detail: work.origin.value.addresses[0] })}>
        {words.resume}
      </a>
      <button type="button" class="button is-quiet" onClick={() => (openWork.value = null)}>
        {words.discard}
      </button>
    </div>
  );
}

function Beginnings({ wall, catalogue }: { readonly wall: Wall; readonly catalogue: LayoutCatalogue }) {
  const { texts, hall } = useDesk();
  const words = texts.value.editor;
  const cameras = (hall.tiles.value ?? []).map(({ value }) => value.camera);
  const number = freeNumber(catalogue);
  const drawingFor = (template: TemplateName): ReturnType<typeof templateOf> =>
    templateOf(
      template,
      { id: `layout-${number}`, name: words.newName(number) },
      wall.wall,
      cameras,
      wall.tickerText !== '',
    );
  return (
    <Panel id="shelf-create" heading={words.create} aside={<span class="panel-note">{words.createHint}</span>}>
      <ul class="shelf-templates">
        {TEMPLATES.map((template) => (
          <li key={template}>
            <button
              type="button"
              class="shelf-template"
              onClick={() => {
                const drawing = drawingFor(template);
                begin({ drawing, detail: drawing.id });
              }}
            >
              <TemplateDrawing wall={wall} drawing={drawingFor(template)} />
              <span>{words.templates[template]}</span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Cells without names: a template is chosen by its shape. */
function TemplateDrawing({ wall, drawing }: { readonly wall: Wall; readonly drawing: GivenLayout }) {
  const { widthPx, heightPx } = wall.wall;
  const gap = heightPx / 90;
  return (
    <svg class="template-drawing" viewBox={`0 0 ${widthPx} ${heightPx}`} aria-hidden="true" focusable="false">
      <rect class="is-wall" width={widthPx} height={heightPx} />
      {drawing.cells.map(({ id, source, rectangle: { x, y, widthPx: width, heightPx: height } }) => (
        <rect
          key={id}
          class={source === 'ticker' ? 'is-ticker' : 'is-camera'}
          x={x + gap}
          y={y + gap}
          width={Math.max(0, width - 2 * gap)}
          height={Math.max(0, height - 2 * gap)}
          stroke-width={gap}
        />
      ))}
    </svg>
  );
}

function copy(catalogue: LayoutCatalogue, layout: GivenLayout, name: string): void {
  const id = `layout-${freeNumber(catalogue)}`;
  begin({ drawing: { ...drawingOf(layout), id, name }, detail: id });
}

/** Puts something new on the drawing board. */
function begin({ drawing, detail }: { readonly drawing: ReturnType<typeof drawingOf>; readonly detail: string }): void {
  openWork.value = createWork({ addresses: [`new:${detail}`], replaces: null, draft: null, kept: null, drawing });
  goTo('layouts', `new:${detail}`);
}
