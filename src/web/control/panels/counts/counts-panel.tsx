import { formatCount } from '../../../../ticker/format.js';
import { useDesk } from '../../desk.js';
import { durationWords, reasonWords, wordsFor } from '../../i18n/languages.js';
import { Icon } from '../../parts/icon.js';
import { Nothing, Panel } from '../../parts/panel.js';
import type { Count } from '../../state/hall.js';
import './counts-panel.css';

/** Younger than this is "just now": seconds that count up at every look say nothing. */
const JUST_NOW_MS = 3_000;

/** The counts, with their age: the same values as on the wall, "—" where the wall shows that. */
export function CountsPanel() {
  const { hall, texts } = useDesk();
  const words = texts.value;
  const counts = hall.counts.value;
  return (
    <Panel id="counts" heading={words.counts.heading}>
      {counts === null && <Nothing words={words.loading} />}
      {counts?.length === 0 && <Nothing words={words.counts.empty} />}
      {counts?.map((count) => (
        <CountSource key={count.id} count={count} />
      ))}
    </Panel>
  );
}

function CountSource({ count }: { readonly count: Count }) {
  const { texts, current } = useDesk();
  const words = texts.value;
  const name = wordsFor(words.counts.sources, count.id) ?? count.id;
  const values = Object.entries(count.values);
  const well = count.state === 'fresh' && count.reason === null;
  return (
    <section class={`count is-${count.state} ${current.value ? '' : 'is-past'}`} aria-label={name}>
      <p class="count-head">
        <span class="count-id" title={count.id}>
          {name}
        </span>
        <span class="count-state">
          {!well && <Icon name={count.state === 'waiting' ? 'quiet' : 'warning'} />}
          <span>
            {!well &&
              (count.reason === null
                ? words.counts.states[count.state]
                : words.because(words.counts.states[count.state], reasonWords(words, count.reason)))}
            {!well && ' · '}
            <ReadingAge readAtMs={count.readAtMs} />
          </span>
        </span>
      </p>
      {values.length === 0 ? (
        <Nothing words={words.counts.noValues} />
      ) : (
        <dl class="count-values">
          {values.map(([field, value]) => (
            <div key={field}>
              <dt title={field}>{wordsFor(words.counts.fields, field) ?? field}</dt>
              <dd>{formatCount(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function ReadingAge({ readAtMs }: { readonly readAtMs: number | null }) {
  const { texts, serverNow } = useDesk();
  const words = texts.value;
  if (readAtMs === null) return <>{words.counts.never}</>;
  const ageMs = serverNow() - readAtMs;
  return <>{ageMs < JUST_NOW_MS ? words.counts.justRead : words.counts.read(durationWords(words, ageMs))}</>;
}
