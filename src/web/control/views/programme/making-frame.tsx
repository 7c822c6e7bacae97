import type { ReadonlySignal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ProgrammeCatalogue } from '../../commands/programme-making.js';
import { useDesk } from '../../desk.js';
import { Confirmation } from '../../parts/confirmation.js';
import '../../parts/editing.css';
import { guardLeaving } from '../../parts/guard-leaving.js';
import { Icon } from '../../parts/icon.js';
import { hashOf } from '../../state/place.js';
import './making.css';

const OVERVIEW = hashOf({ view: 'programme', detail: null });

/** What is around a tour or the rules while they are made: the way back, whether it is saved, and saving. */
export function MakingFrame(props: {
  readonly heading: string;
  readonly catalogue: ProgrammeCatalogue;
  readonly isUnsaved: ReadonlySignal<boolean>;
  /** Whether somebody else changed in the file what is made here. */
  readonly isOutdated: boolean;
  readonly problemCount: number;
  /** What is to be known before it is saved; null: nothing. */
  readonly note: string | null;
  readonly onSave: () => void;
  readonly onLoadTheirs: () => void;
  /** Beside saving. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  const { texts, commands } = useDesk();
  const words = texts.value.making;
  const { catalogue, isUnsaved, problemCount } = props;
  const { problem } = catalogue.file;
  const whereTo = useSignal<string | null>(null);
  useEffect(() => guardLeaving(isUnsaved, (hash) => (whereTo.value = hash)), [isUnsaved, whereTo]);
  return (
    <div class="making">
      <div class="editor-bar">
        <a class="button is-quiet" href={OVERVIEW}>
          <span aria-hidden="true">‹</span> {words.back}
        </a>
        <h2 class="editor-name">{props.heading}</h2>
        <span class={`editor-state ${isUnsaved.value ? 'is-unsaved' : ''}`} role="status">
          {isUnsaved.value ? `● ${words.unsaved}` : words.saved}
        </span>
        <div class="editor-saves">
          {problemCount > 0 && isUnsaved.value && (
            <span class="making-problems">
              <Icon name="warning" />
              {words.problems(problemCount)}
            </span>
          )}
          {props.actions}
          <button
            type="button"
            class="button is-primary"
            disabled={
              problem !== null || !isUnsaved.value || problemCount > 0 || commands.pending.value.has('save-programme')
            }
            onClick={props.onSave}
          >
            {words.save}
          </button>
        </div>
      </div>
      <p class="editor-note making-on-phone">{words.onPhone}</p>
      {problem !== null && (
        <p class="editor-note is-warning">
          <Icon name="warning" />
          {words.file[problem]}
        </p>
      )}
      {props.isOutdated && (
        <p class="editor-note is-warning">
          <Icon name="warning" />
          {words.conflict}
          <button type="button" class="button is-quiet" onClick={props.onLoadTheirs}>
            {words.loadTheirs}
          </button>
        </p>
      )}
      {props.note !== null && isUnsaved.value && <p class="editor-note">{props.note}</p>}
      <div class="making-body">{props.children}</div>
      {whereTo.value !== null && (
        <Confirmation
          heading={words.leaveTitle}
          question={words.leaveQuestion}
          cancel={words.stay}
          onCancel={() => (whereTo.value = null)}
        >
          <button
            type="button"
            class="button is-danger"
            onClick={() => (window.location.hash = whereTo.value ?? OVERVIEW)}
          >
            {words.leave}
          </button>
        </Confirmation>
      )}
    </div>
  );
}

/** A fault at its field, in words. */
export function FieldFault({ id, words }: { readonly id: string; readonly words: readonly string[] }) {
  return (
    <span class="field-fault" id={id} role={words.length > 0 ? 'alert' : undefined}>
      {words.length > 0 && <Icon name="warning" />}
      {words.join(' · ')}
    </span>
  );
}
