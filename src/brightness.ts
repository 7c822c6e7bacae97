import { join } from 'node:path';
import type { AppOptions } from './app-options.js';
import { BrightnessGovernor } from './brightness/brightness.js';
import { savedLevel, type SavedLevel } from './brightness/level.js';
import type { Configuration } from './config/schema.js';
import type { CloseStack } from './core/closing.js';
import { StateStore } from './state/state-store.js';

/** The light of the wall, and where it is kept; null where nothing is. */
export type StartedBrightness = {
  readonly brightness: BrightnessGovernor;
  readonly levels: StateStore<SavedLevel> | null;
};

/** Lit as it was, as far as that is known: nobody sees that the service was started again. */
export async function startBrightness(
  { brightness: options, wall: { timeZone } }: Configuration,
  wishPercent: number | null,
  { stateDirectory, log: root }: AppOptions,
  closing: CloseStack,
): Promise<StartedBrightness> {
  const log = root.child({ part: 'brightness' });
  const levels =
    stateDirectory === null
      ? null
      : closing.add(
          new StateStore<SavedLevel>({
            directory: join(stateDirectory, 'brightness'),
            schema: savedLevel,
            log,
            onStatus: () => undefined,
          }),
        );
  const saved = (await levels?.load()) ?? null;
  const brightness = closing.add(new BrightnessGovernor({ options, timeZone, wishPercent, saved, log }));
  levels?.save(brightness.saved());
  brightness.on('change', () => levels?.save(brightness.saved()));
  return { brightness, levels };
}
