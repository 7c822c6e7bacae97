import { useSignal } from '@preact/signals';
import { useDesk } from '../../desk.js';

const LENGTHS = [15, 30, 60, 120] as const;
type Length = (typeof LENGTHS)[number] | 'open' | 'until';

/** Holds what is on air: for a while or until a time, and the schedule after it; or until somebody changes it. */
export function HoldForm({ hasSchedule }: { readonly hasSchedule: boolean }) {
  const { texts, commands, may, link, wallClock } = useDesk();
  const words = texts.value.programme.agenda;
  const chosen = useSignal<Length>(30);
  const time = useSignal('');
  // Without a schedule nothing could come after it.
  const offered: readonly Length[] = hasSchedule ? [...LENGTHS, 'until', 'open'] : ['open'];
  const length = offered.includes(chosen.value) ? chosen.value : 'open';
  const endMs = (): number | null => {
    const nowMs = link.serverClock.now();
    if (length === 'until') return wallClock.value.nextMomentOf(time.value, nowMs);
    return length === 'open' ? null : Math.round(nowMs) + length * 60_000;
  };
  const isUsable = may.value.operate && (length !== 'until' || time.value !== '');
  return (
    <form
      class="hold"
      onSubmit={(event) => {
        event.preventDefault();
        if (isUsable) void commands.programme.hold(endMs());
      }}
    >
      <button class="button" type="submit" disabled={!isUsable}>
        {words.hold}
      </button>
      <select
        aria-label={words.holdLength}
        value={length}
        disabled={!may.value.operate}
        onChange={({ currentTarget }) => {
          chosen.value = offered.find((each) => String(each) === currentTarget.value) ?? 'open';
        }}
      >
        {offered.map((each) => (
          <option key={each} value={each}>
            {each === 'until' ? words.holdUntil : words.holdFor[each]}
          </option>
        ))}
      </select>
      {length === 'until' && (
        <input
          type="time"
          aria-label={words.holdAt}
          value={time.value}
          required
          onInput={({ currentTarget }) => (time.value = currentTarget.value)}
        />
      )}
    </form>
  );
}
