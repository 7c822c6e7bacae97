import { useSignal } from '@preact/signals';
import { useDesk } from '../../desk.js';
import { durationWords } from '../../i18n/languages.js';
import { LayoutMiniature } from '../../parts/layout-miniature.js';
import { Nothing, Panel } from '../../parts/panel.js';
import { moved, replaced } from '../../programme-editor/lists.js';
import { MOST_STOPS, roundMs, withStop } from '../../programme-editor/tour.js';
import type { DrawnTour, TourProblem } from '../../programme-editor/tour.js';
import { layoutOf } from '../../state/hall.js';
import type { Wall, WallLayout } from '../../state/hall.js';
import { EntryButtons, moveByKey } from './entry-buttons.js';
import { FieldFault } from './making-frame.js';

/** The stops of a tour in their order, each with how long it stays. */
export function TourStops(props: {
  readonly wall: Wall;
  readonly tour: DrawnTour;
  readonly problems: readonly TourProblem[];
  readonly onChange: (tour: DrawnTour) => void;
}) {
  const { texts } = useDesk();
  const words = texts.value.making;
  const { wall, tour, problems, onChange } = props;
  const { stops } = tour;
  const total = roundMs(tour);
  return (
    <Panel
      id="tour-order"
      heading={words.tour.stops}
      aside={
        <span class="panel-note">
          {stops.length > 0 &&
            Number.isFinite(total) &&
            `${words.tour.round(stops.length, durationWords(texts.value, total))} · `}
          <span class="key-hint">{words.keyHint}</span>
        </span>
      }
    >
      {stops.length === 0 && <Nothing words={words.tour.none} />}
      <ol class="stop-list">
        {stops.map((stop, index) => {
          const layout = layoutOf(wall, stop.layout);
          const name = words.tour.stop(index + 1, layout?.name ?? stop.layout);
          const faults = problems.flatMap((problem) => (problem.stop === index ? [words.problem[problem.code]] : []));
          const faultId = `stop-fault-${stop.key}`;
          return (
            <li
              key={stop.key}
              class="stop-entry"
              aria-label={name}
              onKeyDown={(event) => moveByKey(event, (by) => onChange({ ...tour, stops: moved(stops, index, by) }))}
            >
              <span class="stop-number" aria-hidden="true">
                {index + 1}
              </span>
              <span class="stop-picture">{layout !== null && <LayoutMiniature wall={wall} layout={layout} />}</span>
              <strong class="stop-name">{layout?.name ?? stop.layout}</strong>
              <label class="stop-dwell">
                <span class="visually-hidden">
                  {name} {words.tour.dwell}
                </span>
                <input
                  type="number"
                  min={5}
                  max={86_400}
                  step="any"
                  value={stop.seconds}
                  aria-invalid={faults.length > 0}
                  aria-describedby={faultId}
                  onInput={({ currentTarget }) =>
                    onChange({ ...tour, stops: replaced(stops, index, { ...stop, seconds: currentTarget.value }) })
                  }
                />
                <span aria-hidden="true">{words.tour.seconds}</span>
              </label>
              <EntryButtons
                what={name}
                index={index}
                count={stops.length}
                onMove={(by) => onChange({ ...tour, stops: moved(stops, index, by) })}
                onRemove={() => onChange({ ...tour, stops: stops.toSpliced(index, 1) })}
              />
              <FieldFault id={faultId} words={faults} />
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

/** Layouts to be added, by a press on how they look now. */
export function LayoutChoice(props: {
  readonly wall: Wall;
  readonly layouts: readonly WallLayout[];
  readonly tour: DrawnTour;
  readonly onChange: (tour: DrawnTour) => void;
}) {
  const { texts } = useDesk();
  const words = texts.value.making.tour;
  const { wall, layouts, tour, onChange } = props;
  const said = useSignal('');
  return (
    <Panel id="tour-layouts" heading={words.add} aside={<span class="panel-note">{words.addHint}</span>}>
      <ul class="layout-choice">
        {layouts.map((layout) => (
          <li key={layout.id}>
            <button
              class="picture-button"
              type="button"
              disabled={tour.stops.length >= MOST_STOPS}
              onClick={() => {
                said.value = words.added(layout.name, tour.stops.length + 1);
                onChange(withStop(tour, layout.id));
              }}
            >
              <LayoutMiniature wall={wall} layout={layout} />
              <span class="visually-hidden">{words.addOne(layout.name)}</span>
              <span aria-hidden="true">＋ {layout.name}</span>
            </button>
          </li>
        ))}
      </ul>
      <p class="visually-hidden" role="status">
        {said.value}
      </p>
    </Panel>
  );
}
