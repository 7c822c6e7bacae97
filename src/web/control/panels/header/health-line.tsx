import { useDesk } from '../../desk.js';
import { alarmWords, reasonWords, wordsFor } from '../../i18n/languages.js';
import type { Texts } from '../../i18n/languages.js';
import { Disclosure } from '../../parts/disclosure.js';
import { Icon } from '../../parts/icon.js';
import { problemsOf } from '../../state/health.js';
import type { Problem } from '../../state/health.js';
import { hashOf } from '../../state/place.js';
import type { ViewId } from '../../state/place.js';
import './health-line.css';

/** One line that is calm only when all is well; opened, it says what is not, and what to do. */
export function HealthLine() {
  const { hall, texts, link, current } = useDesk();
  const words = texts.value;
  const wall = hall.wall.value;
  const statistics = hall.statistics.value;
  if (link.state.value.kind === 'sign-in') return null;
  if (wall === null || statistics === null) return <p class="health is-unknown">{words.loading}</p>;

  const known = current.value;
  const problems = problemsOf(
    wall,
    statistics,
    hall.tiles.value ?? [],
    hall.counts.value ?? [],
    hall.outputs.value ?? [],
    hall.controllers.value ?? [],
  );
  const alarms = problems.filter(({ level }) => level === 'alarm').length;
  const level = !known ? 'unknown' : alarms > 0 ? 'alarm' : problems.length > 0 ? 'warning' : 'good';
  const summary = {
    unknown: words.health.unknown,
    alarm: words.health.alarm(alarms),
    warning: words.health.warning(problems.length),
    good: words.health.good,
  }[level];
  return (
    <Disclosure
      class={`health is-${level}`}
      summary={
        <>
          <Icon name={level === 'unknown' ? 'quiet' : level} />
          <span class="health-summary">{summary}</span>
          {known && (
            <>
              <span class="health-figure">{words.health.rate(statistics.ticksPerSecond.toFixed(0))}</span>
              <span class="health-figure">{words.health.missed(words.number(statistics.missedTicks))}</span>
            </>
          )}
        </>
      }
    >
      {problems.length === 0 ? (
        <p>{words.health.nothing}</p>
      ) : (
        <ul class="health-list">
          {problems.map((problem, index) => (
            <li key={index} class={`is-${problem.level}`}>
              <Icon name={problem.level} />
              <div>
                <p class="health-problem">{problemWords(problem, words)}</p>
                <p class="health-advice">
                  {words.health.advice[problem.kind]}
                  <WhereToLook problem={problem} />
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Disclosure>
  );
}

/** Where each problem is shown at length. */
const PLACES: Readonly<Record<Problem['kind'], ViewId>> = {
  'wall-not-ticking': 'wall',
  'wall-slow': 'wall',
  'tile-on-air': 'operate',
  'tile-hidden': 'operate',
  'output-unreachable': 'wall',
  'controller-silent': 'wall',
  'controller-differs': 'wall',
  'count-old': 'ticker',
  blackout: 'operate',
  freeze: 'operate',
  'test-pattern': 'wall',
};

function WhereToLook({ problem }: { readonly problem: Problem }) {
  const { texts, place } = useDesk();
  const view = PLACES[problem.kind];
  if (view === place.value.view) return null;
  return (
    <>
      {' '}
      <a href={hashOf({ view, detail: null })}>{texts.value.health.look(texts.value.views.names[view])}</a>
    </>
  );
}

function problemWords(problem: Problem, texts: Texts): string {
  const words = texts.health.problems;
  switch (problem.kind) {
    case 'wall-not-ticking':
    case 'blackout':
    case 'freeze':
      return words[problem.kind];
    case 'wall-slow':
      return words['wall-slow'](problem.rate, problem.wanted);
    case 'tile-on-air':
    case 'tile-hidden':
      return words[problem.kind](problem.name, texts.cameras.states[problem.state]);
    case 'output-unreachable':
      return words['output-unreachable'](problem.name, reasonWords(texts, problem.reason ?? 'no-answer'));
    case 'controller-silent':
      return words['controller-silent'](problem.name, reasonWords(texts, problem.reason));
    case 'controller-differs':
      return words['controller-differs'](problem.name, alarmWords(texts, problem.alarm));
    case 'test-pattern':
      return words['test-pattern'](problem.by);
    case 'count-old':
      return words['count-old'](wordsFor(texts.counts.sources, problem.name) ?? problem.name);
  }
}
