import { useDesk } from '../../desk.js';
import './emergency.css';

/** Blackout and freeze: in every view, at the same place, one press each. */
export function Emergency() {
  const { texts } = useDesk();
  return (
    <section class="emergency" aria-label={texts.value.take.emergency}>
      <FreezeButton />
      <BlackoutButton />
    </section>
  );
}

function BlackoutButton() {
  const { hall, texts, commands, may, preferences } = useDesk();
  const words = texts.value.take;
  const black = hall.wall.value?.blackout === true;
  return (
    <button
      class="emergency-button is-blackout"
      type="button"
      title={black ? words.blackoutActive : words.blackoutInactive}
      disabled={black ? !may.value.operate : !may.value.blackOut}
      aria-pressed={black}
      aria-busy={commands.pending.value.has('blackout')}
      onClick={() => void commands.switching.toggleBlackout()}
    >
      <span>{words.blackout}</span>
      {preferences.shortcuts.value && <kbd aria-hidden="true">B</kbd>}
    </button>
  );
}

function FreezeButton() {
  const { hall, texts, commands, may, preferences } = useDesk();
  const words = texts.value.take;
  const frozen = hall.wall.value?.freeze === true;
  return (
    <button
      class="emergency-button is-freeze"
      type="button"
      title={frozen ? words.freezeActive : words.freezeInactive}
      disabled={!may.value.operate}
      aria-pressed={frozen}
      aria-busy={commands.pending.value.has('freeze')}
      onClick={() => void commands.switching.toggleFreeze()}
    >
      <span>{words.freeze}</span>
      {preferences.shortcuts.value && <kbd aria-hidden="true">F</kbd>}
    </button>
  );
}
