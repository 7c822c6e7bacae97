import { useDesk } from '../../desk.js';
import { isWritten } from '../../state/hall.js';
import type { Wall } from '../../state/hall.js';

/** What a rule shows: a layout or a tour. */
export function ShowChoice(props: {
  readonly wall: Wall;
  readonly value: string;
  /** Of the words that say what is wrong with it; null where there are none. */
  readonly faultId: string | null;
  readonly onChange: (id: string) => void;
}) {
  const { texts } = useDesk();
  const words = texts.value.making.rules;
  const { wall, value, faultId, onChange } = props;
  const layouts = wall.layouts.filter(isWritten);
  const isKnown = [...layouts, ...wall.tours].some(({ id }) => id === value);
  return (
    <select
      value={value}
      aria-describedby={faultId ?? undefined}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      {!isKnown && <option value={value}>{value}</option>}
      {(
        [
          [words.layouts, layouts],
          [words.tours, wall.tours],
        ] as const
      ).map(([label, list]) => (
        <optgroup key={label} label={label}>
          {list.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
