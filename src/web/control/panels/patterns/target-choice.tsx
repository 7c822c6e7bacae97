import type { Signal } from '@preact/signals';
import { useDesk } from '../../desk.js';
import type { PatternTarget } from '../../state/patterns.js';

const KINDS = ['wall', 'output', 'cabinet'] as const;

/** Whole wall, an output, or a cabinet: also for those who cannot press one in the picture. */
export function TargetChoice(props: {
  readonly target: Signal<PatternTarget>;
  /** The target as far as it is there. */
  readonly where: PatternTarget;
  readonly outputs: readonly string[];
}) {
  const { hall, texts, may } = useDesk();
  const words = texts.value.patterns;
  const { target, where, outputs } = props;
  const maps = hall.pixelMaps.value ?? [];
  const mapped = maps.filter(({ cabinets }) => cabinets.length > 0);
  const choose = (kind: (typeof KINDS)[number]): void => {
    const output = where.kind === 'wall' ? outputs[0] : where.output;
    const [firstMapped] = mapped;
    if (kind === 'wall') target.value = { kind };
    else if (kind === 'output' && output !== undefined) target.value = { kind, output };
    else if (kind === 'cabinet' && firstMapped !== undefined) {
      const chosen = mapped.find((map) => map.output === output) ?? firstMapped;
      target.value = { kind, output: chosen.output, cabinet: 1 };
    }
  };
  const offered = KINDS.filter((kind) => kind !== 'cabinet' || mapped.length > 0);
  const cabinets = where.kind === 'cabinet' ? (maps.find(({ output }) => output === where.output)?.cabinets ?? []) : [];
  return (
    <>
      <label class="pattern-field">
        <span>{words.target}</span>
        <select
          value={where.kind}
          disabled={!may.value.operate}
          onChange={({ currentTarget }) => choose(KINDS.find((kind) => kind === currentTarget.value) ?? 'wall')}
        >
          {offered.map((kind) => (
            <option key={kind} value={kind}>
              {words.targets[kind]}
            </option>
          ))}
        </select>
      </label>
      {where.kind !== 'wall' && (
        <label class="pattern-field">
          <span>{words.output}</span>
          <select
            value={where.output}
            disabled={!may.value.operate}
            onChange={({ currentTarget: { value } }) => {
              target.value =
                where.kind === 'output'
                  ? { kind: 'output', output: value }
                  : { kind: 'cabinet', output: value, cabinet: 1 };
            }}
          >
            {(where.kind === 'output' ? outputs : mapped.map(({ output }) => output)).map((output) => (
              <option key={output} value={output}>
                {output}
              </option>
            ))}
          </select>
        </label>
      )}
      {where.kind === 'cabinet' && (
        <label class="pattern-field">
          <span>{words.cabinet}</span>
          <select
            value={where.cabinet}
            disabled={!may.value.operate}
            onChange={({ currentTarget }) => {
              target.value = { ...where, cabinet: Number(currentTarget.value) };
            }}
          >
            {cabinets.map(({ number }) => (
              <option key={number} value={number}>
                {words.cabinetOption(number)}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}
