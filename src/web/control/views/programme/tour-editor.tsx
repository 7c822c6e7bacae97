import { useComputed, useSignal } from '@preact/signals';
import type { Fault, ProgrammeCatalogue } from '../../commands/programme-making.js';
import { useDesk } from '../../desk.js';
import { wordsFor } from '../../i18n/languages.js';
import { Confirmation } from '../../parts/confirmation.js';
import { drawnTour, freeTourNumber, givenTour, isSameTour, tourProblems } from '../../programme-editor/tour.js';
import type { DrawnTour } from '../../programme-editor/tour.js';
import { isWritten } from '../../state/hall.js';
import type { Wall } from '../../state/hall.js';
import { goTo } from '../../state/place.js';
import { LayoutChoice, TourStops } from './tour-stops.js';
import { FieldFault, MakingFrame } from './making-frame.js';

/** Makes a tour, or changes one. */
export function TourEditor(props: {
  /** Of the tour that is changed, null for a new one. */
  readonly id: string | null;
  readonly wall: Wall;
  readonly catalogue: ProgrammeCatalogue;
  readonly reload: () => Promise<void>;
}) {
  const { texts, commands } = useDesk();
  const words = texts.value.making;
  const { id, wall, catalogue, reload } = props;
  const layouts = wall.layouts.filter(isWritten);
  const layoutIds = new Set(wall.layouts.map((layout) => layout.id));
  const taken = new Set([...layoutIds, ...catalogue.tours.map((tour) => tour.id)]);
  const written = catalogue.tours.find((tour) => tour.id === id) ?? null;
  const first = useSignal(written === null ? newTour(freeTourNumber(taken), words.newTourName) : drawnTour(written));
  const tour = useSignal(first.value);
  const fault = useSignal<Fault | null>(null);
  const isRemoving = useSignal(false);
  const isUnsaved = useComputed(() => !isSameTour(tour.value, first.value));
  const drawn = tour.value;
  const others = catalogue.tours.filter((other) => other.id !== id);
  const problems = tourProblems(drawn, others, layoutIds);
  const change = (next: DrawnTour): void => {
    tour.value = next;
    fault.value = null;
  };
  const save = async (): Promise<void> => {
    const { revision } = catalogue.file;
    if (revision === null) return;
    const saved = await commands.programmeMaking.saveTour({
      tour: givenTour(drawn),
      replaces: id,
      fileRevision: revision,
    });
    if (saved === 'done') {
      first.value = drawn;
      goTo('programme');
    } else if (saved === 'failed') await reload();
    else fault.value = saved;
  };
  const remove = async (): Promise<void> => {
    isRemoving.value = false;
    const { revision } = catalogue.file;
    if (id === null || revision === null) return;
    if (await commands.programmeMaking.removeTour({ tour: id, fileRevision: revision })) {
      first.value = drawn;
      goTo('programme');
    } else await reload();
  };
  const faultWords = (field: string): string[] => {
    const told = fault.value;
    if (told?.path.split('.').slice(1).join('.') !== field) return [];
    return [wordsFor(words.problem, told.problem) ?? words.unknownProblem(told.problem)];
  };
  const wordsOf = (...codes: readonly string[]): string[] =>
    problems.flatMap(({ code, stop }) => (stop === null && codes.includes(code) ? [words.problem[code]] : []));
  const nameFaults = [...wordsOf('no-name', 'name-taken'), ...faultWords('name')];
  const idFaults = [...wordsOf('bad-id', 'id-taken'), ...faultWords('id')];
  const [use] = written?.uses ?? [];
  return (
    <MakingFrame
      heading={id === null ? words.newTour : words.editTour(written?.name ?? id)}
      catalogue={catalogue}
      isUnsaved={isUnsaved}
      isOutdated={written !== null && !isSameTour(drawnTour(written), first.value)}
      problemCount={problems.length}
      note={wall.agenda.running?.tour === id ? words.appliesAtOnce : null}
      onSave={() => void save()}
      onLoadTheirs={() => {
        if (written !== null) change((first.value = drawnTour(written)));
      }}
      actions={
        id !== null && (
          <button
            type="button"
            class="button"
            disabled={use !== undefined || catalogue.file.problem !== null}
            title={use === undefined ? undefined : useWords(use, words)}
            onClick={() => (isRemoving.value = true)}
          >
            {words.tour.remove}
          </button>
        )
      }
    >
      <div class="panel tour-facts">
        <label class="field">
          <span>{words.tour.name}</span>
          <input
            type="text"
            maxLength={60}
            value={drawn.name}
            aria-invalid={nameFaults.length > 0}
            aria-describedby="tour-name-fault"
            onInput={({ currentTarget }) => change({ ...drawn, name: currentTarget.value })}
          />
          <FieldFault id="tour-name-fault" words={nameFaults} />
        </label>
        <label class="field">
          <span>
            {words.tour.id} <small>{words.tour.idHint}</small>
          </span>
          <input
            type="text"
            maxLength={60}
            value={drawn.id}
            readOnly={id !== null}
            spellcheck={false}
            aria-invalid={idFaults.length > 0}
            aria-describedby="tour-id-fault"
            onInput={({ currentTarget }) => change({ ...drawn, id: currentTarget.value })}
          />
          <FieldFault id="tour-id-fault" words={idFaults} />
        </label>
        <label class="switch">
          <input
            type="checkbox"
            checked={drawn.skipDead}
            onChange={({ currentTarget }) => change({ ...drawn, skipDead: currentTarget.checked })}
          />
          <span>{words.tour.skipDead}</span>
        </label>
        {use !== undefined && <p class="tour-use">{useWords(use, words)}</p>}
      </div>
      <TourStops wall={wall} tour={drawn} problems={problems} onChange={change} />
      <LayoutChoice wall={wall} layouts={layouts} tour={drawn} onChange={change} />
      {isRemoving.value && (
        <Confirmation
          heading={words.tour.remove}
          question={words.tour.removeQuestion(written?.name ?? '')}
          cancel={words.cancel}
          onCancel={() => (isRemoving.value = false)}
        >
          <button type="button" class="button is-danger" onClick={() => void remove()}>
            {words.tour.remove}
          </button>
        </Confirmation>
      )}
    </MakingFrame>
  );
}

function newTour(number: number, nameOf: (number: number) => string): DrawnTour {
  return { id: `tour-${number}`, name: nameOf(number), skipDead: true, stops: [] };
}

function useWords(
  { kind, name }: ProgrammeCatalogue['tours'][number]['uses'][number],
  { tour: { uses } }: ReturnType<typeof useDesk>['texts']['value']['making'],
): string {
  if (kind === 'running') return uses.running;
  return name === null ? uses.otherwise : uses.schedule(name);
}
