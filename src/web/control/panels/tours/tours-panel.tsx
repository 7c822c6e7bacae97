import { useDesk } from '../../desk.js';
import { durationWords } from '../../i18n/languages.js';
import { Icon } from '../../parts/icon.js';
import { LayoutMiniature } from '../../parts/layout-miniature.js';
import { Nothing, Panel } from '../../parts/panel.js';
import { layoutOf } from '../../state/hall.js';
import type { Wall } from '../../state/hall.js';
import { hashOf } from '../../state/place.js';
import { deadCameras, nextStopIndex, tourDetail } from '../../state/programme.js';
import type { Tour } from '../../state/programme.js';
import './tours-panel.css';

/** The tours, stop by stop: which is on air, which comes next, which is passed over and why. */
export function ToursPanel() {
  const { hall, texts, may } = useDesk();
  const words = texts.value.programme.tours;
  const wall = hall.wall.value;
  return (
    <Panel
      id="tours"
      heading={words.heading}
      aside={
        may.value.administer ? (
          <a class="button is-quiet panel-action" href={hashOf({ view: 'programme', detail: tourDetail(null) })}>
            <span aria-hidden="true">＋</span> {texts.value.making.newTour}
          </a>
        ) : (
          <span class="panel-note">{texts.value.making.needAdmin}</span>
        )
      }
    >
      {wall === null && <Nothing words={texts.value.loading} />}
      {wall?.tours.length === 0 && <Nothing words={words.empty} />}
      {wall?.tours.map((tour) => (
        <TourRow key={tour.id} wall={wall} tour={tour} />
      ))}
    </Panel>
  );
}

function TourRow({ wall, tour }: { readonly wall: Wall; readonly tour: Tour }) {
  const { texts, commands, may } = useDesk();
  const words = texts.value.programme.tours;
  const isRunning = wall.agenda.running?.tour === tour.id;
  const roundMs = tour.stops.reduce((sum, { dwellMs }) => sum + dwellMs, 0);
  const next = nextStopIndex(tour, wall.agenda);
  return (
    <section class="tour" aria-label={tour.name}>
      <div class="tour-head">
        <h3>{tour.name}</h3>
        <span class="panel-note">{words.stops(tour.stops.length, durationWords(texts.value, roundMs))}</span>
        {isRunning && <span class="mark is-program">{words.running}</span>}
        {may.value.administer && (
          <a class="button is-quiet tour-edit" href={hashOf({ view: 'programme', detail: tourDetail(tour.id) })}>
            {texts.value.making.edit}
            <span class="visually-hidden"> {tour.name}</span>
          </a>
        )}
        <button
          class="button"
          type="button"
          disabled={!may.value.operate || (isRunning && wall.automation.mode === 'tour')}
          onClick={() => void commands.programme.startTour(tour.id)}
        >
          {words.start}
        </button>
      </div>
      <ol class="tour-stops">
        {tour.stops.map((stop, index) => (
          <Stop
            key={index}
            wall={wall}
            stop={stop}
            number={index + 1}
            isOnAir={isRunning && wall.agenda.running?.stopIndex === index}
            isNext={next === index}
          />
        ))}
      </ol>
    </section>
  );
}

function Stop(props: {
  readonly wall: Wall;
  readonly stop: Tour['stops'][number];
  readonly number: number;
  readonly isOnAir: boolean;
  readonly isNext: boolean;
}) {
  const { hall, texts } = useDesk();
  const words = texts.value.programme.tours;
  const { wall, stop, number, isOnAir, isNext } = props;
  const layout = layoutOf(wall, stop.layout);
  const dead = layout === null ? [] : deadCameras(layout, hall.tiles.value ?? []);
  return (
    <li class={`tour-stop ${isOnAir ? 'is-on-air' : ''} ${isNext ? 'is-next' : ''}`}>
      <div class="tour-thumbnail" style={{ aspectRatio: `${wall.wall.widthPx} / ${wall.wall.heightPx}` }}>
        {layout !== null && <LayoutMiniature wall={wall} layout={layout} />}
      </div>
      <p>
        <span class="visually-hidden">{words.stop(number)}</span>
        <strong>{layout?.name ?? words.missingLayout}</strong>
        <span>{durationWords(texts.value, stop.dwellMs)}</span>
      </p>
      {isOnAir && <Left words={words.nowHere} />}
      {isNext && <span class="mark is-preview">{words.nextHere}</span>}
      {dead.length > 0 && (
        <p class="tour-dead">
          <Icon name="warning" />
          {words.dead(dead.join('、'))}
        </p>
      )}
    </li>
  );
}

/** On air, and for how long yet. */
function Left({ words }: { readonly words: string }) {
  const { hall, texts, serverNow } = useDesk();
  const untilMs = hall.wall.value?.agenda.running?.untilMs ?? null;
  const leftMs = untilMs === null ? null : untilMs - serverNow();
  return (
    <span class="tour-now">
      <span class="mark is-program">{words}</span>
      {leftMs !== null && texts.value.programme.tours.left(durationWords(texts.value, leftMs + 999))}
    </span>
  );
}
