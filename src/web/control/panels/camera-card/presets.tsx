import { useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import type { CameraPreset } from '../../commands/cameras.js';
import { useDesk } from '../../desk.js';
import { Icon } from '../../parts/icon.js';
import './turning.css';

/** The longest name that is sent. */
const LONGEST_NAME = 64;

/** The positions that a camera has kept: gone to with one press, kept under a name, removed. */
export function Presets({ camera, disabled }: { readonly camera: string; readonly disabled: boolean }) {
  const { commands, texts, current } = useDesk();
  const presets = useSignal<readonly CameraPreset[] | null | 'unknown'>(null);
  const removing = useSignal(false);
  const name = useSignal('');
  const linked = current.value;
  const read = useCallback(async () => {
    presets.value = (await commands.cameras.presets(camera)) ?? 'unknown';
  }, [commands, camera, presets]);
  useEffect(() => {
    if (linked) void read();
  }, [read, linked]);

  const words = texts.value.ptz;
  const known = Array.isArray(presets.value) ? (presets.value as readonly CameraPreset[]) : [];
  const wanted = name.value.trim();
  const replaced = known.find((preset) => preset.name === wanted) ?? null;
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (wanted === '' || disabled) return;
    if (await commands.cameras.save(camera, wanted, replaced?.token ?? null)) name.value = '';
    await read();
  };
  const press = async (preset: CameraPreset): Promise<void> => {
    if (!removing.value) {
      await commands.cameras.recall(camera, preset.token);
      return;
    }
    await commands.cameras.remove(camera, preset.token);
    await read();
  };

  return (
    <section class="presets" aria-labelledby="presets-heading">
      <div class="presets-head">
        <h3 id="presets-heading">{words.presets}</h3>
        {known.length > 0 && (
          <button
            class="button is-quiet"
            type="button"
            aria-pressed={removing.value}
            disabled={disabled}
            onClick={() => (removing.value = !removing.value)}
          >
            {removing.value ? words.done : words.edit}
          </button>
        )}
      </div>
      {presets.value === null && <p class="nothing">{texts.value.loading}</p>}
      {presets.value === 'unknown' && (
        <p class="nothing">
          {words.presetsUnknown}
          <button class="button is-quiet" type="button" onClick={() => void read()}>
            {words.again}
          </button>
        </p>
      )}
      {presets.value !== null && presets.value !== 'unknown' && known.length === 0 && (
        <p class="nothing">{words.noPresets}</p>
      )}
      {known.length > 0 && (
        <ul class={removing.value ? 'is-removing' : ''}>
          {known.map((preset) => (
            <li key={preset.token}>
              <button
                class="button"
                type="button"
                disabled={disabled}
                aria-label={removing.value ? words.remove(preset.name) : undefined}
                onClick={() => void press(preset)}
              >
                {removing.value && <Icon name="close" />}
                <span>{preset.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={(event) => void save(event)}>
        <input
          type="text"
          aria-label={words.name}
          placeholder={words.name}
          maxLength={LONGEST_NAME}
          autocomplete="off"
          value={name.value}
          disabled={disabled}
          onInput={({ currentTarget }) => (name.value = currentTarget.value)}
        />
        <button class="button" type="submit" disabled={disabled || wanted === ''}>
          {replaced === null ? words.save : words.replace}
        </button>
      </form>
    </section>
  );
}
