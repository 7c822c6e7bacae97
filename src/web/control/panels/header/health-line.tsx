import { useEffect, useRef } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { alarmWords, reasonWords } from '../../i18n/languages.js';
import type { Texts } from '../../i18n/languages.js';
import { Icon } from '../../parts/icon.js';
import { problemsOf } from '../../state/health.js';
import type { Problem } from '../../state/health.js';
import './health-line.css';

/** One line that is calm only when all is well; opened, it says what is not. */
export function HealthLine() {
  const { hall, texts, link, current } = useDesk();
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => closeFromOutside(details), []);
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
    <details ref={details} class={`health is-${level}`}>
      <summary>
        <Icon name={level === 'unknown' ? 'quiet' : level} />
        <span class="health-summary">{summary}</span>
        {known && (
          <>
            <span class="health-figure">{words.health.rate(statistics.ticksPerSecond.toFixed(0))}</span>
            <span class="health-figure is-minor">{words.health.missed(words.number(statistics.missedTicks))}</span>
          </>
        )}
      </summary>
      <div class="health-list">
        {problems.length === 0 ? (
          <p>{words.health.nothing}</p>
        ) : (
          <ul>
            {problems.map((problem, index) => (
              <li key={index} class={`is-${problem.level}`}>
                <Icon name={problem.level} />
                <span>{problemWords(problem, words)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </details>
  );
}

function problemWords(problem: Problem, texts: Texts): string {
  const words = texts.health.problems;
  switch (problem.kind) {
    case 'wall-not-ticking':
    case 'blackout':
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
    case 'count-old':
      return words['count-old'](problem.name);
  }
}

/** Closes the list by Escape and by a press anywhere else. @returns how to stop */
function closeFromOutside(details: { readonly current: HTMLDetailsElement | null }): () => void {
  const onPress = (event: PointerEvent): void => {
    const inside = event.target instanceof Node && details.current?.contains(event.target) === true;
    if (!inside) details.current?.removeAttribute('open');
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.code === 'Escape') details.current?.removeAttribute('open');
  };
  window.addEventListener('pointerdown', onPress);
  window.addEventListener('keydown', onKey);
  return () => {
    window.removeEventListener('pointerdown', onPress);
    window.removeEventListener('keydown', onKey);
  };
}
