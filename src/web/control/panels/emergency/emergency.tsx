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
  const { hall, texts, commands, may } = useDesk();
  const words = texts.value.take;
  const black = hall.wall.value?.blackout === true;
  return (
    <EmergencyButton
      action="blackout"
      letter="B"
      words={words.blackout}
      state={black ? words.blackoutActive : words.blackoutInactive}
      isOn={black}
      isAllowed={black ? may.value.operate : may.value.blackOut}
      onPress={() => void commands.switching.toggleBlackout()}
    />
  );
}

function FreezeButton() {
  const { hall, texts, commands, may } = useDesk();
  const words = texts.value.take;
  const frozen = hall.wall.value?.freeze === true;
  return (
    <EmergencyButton
      action="freeze"
      letter="F"
      words={words.freeze}
      state={frozen ? words.freezeActive : words.freezeInactive}
      isOn={frozen}
      isAllowed={may.value.operate}
      onPress={() => void commands.switching.toggleFreeze()}
    />
  );
}

function EmergencyButton(props: {
  readonly action: 'blackout' | 'freeze';
  /** The key that does the same. */
  readonly letter: string;
  readonly words: string;
  /** How it is now, in words. */
  readonly state: string;
  readonly isOn: boolean;
  readonly isAllowed: boolean;
  readonly onPress: () => void;
}) {
  const { commands, preferences } = useDesk();
  return (
    <button
      class={`emergency-button is-${props.action}`}
      type="button"
      title={props.state}
      disabled={!props.isAllowed}
      aria-pressed={props.isOn}
      aria-busy={commands.pending.value.has(props.action)}
      onClick={props.onPress}
    >
      <span>{props.words}</span>
      {preferences.shortcuts.value && <kbd aria-hidden="true">{props.letter}</kbd>}
    </button>
  );
}
