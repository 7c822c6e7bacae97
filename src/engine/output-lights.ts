import type { BrightnessReport } from '../control/engine.js';
import type { ControllerStatus } from '../controller/controller-status.js';
import type { OutputOptions } from '../output/options.js';
import type { PixelShares } from '../output/pixel-shares.js';

/** Which outputs there are, and which of them have a controller that is told the brightness. */
export type LightedOutputs = {
  readonly outputs: readonly OutputOptions[];
  readonly dimmedByController: readonly string[];
  /** Which are sent nothing while the wall is dark on purpose. */
  readonly silentWhenDark: readonly string[];
};

type OutputLight = BrightnessReport['outputs'][number];

/** What keeps or hands on the picture, and lights nothing: it stays as bright as it is. */
const UNLIT_TYPES: ReadonlySet<OutputOptions['type']> = new Set(['recorder', 'file']);

/** Controllers round: to 255ths, some of them. */
const TOLERANCE_PERCENT = 0.5;

/**
 * How brightly each output is lit, and by whom.
 * @param percent of full light that is wanted
 * @param controllers what the screen's controllers say of themselves
 * @param isDark whether the wall is dark on purpose
 */
export function outputLights(
  percent: number,
  { outputs, dimmedByController, silentWhenDark }: LightedOutputs,
  controllers: readonly ControllerStatus[],
  isDark = false,
): readonly OutputLight[] {
  return outputs.map(({ id, type }): OutputLight => {
    const common = { output: id, isSilent: isDark && silentWhenDark.includes(id) };
    if (UNLIT_TYPES.has(type)) return { ...common, by: 'nobody', percent: 100, pixelPercent: 100 };
    const controller = controllers.find((each) => each.outputs.includes(id));
    const left = dimmedByController.includes(id) && controller !== undefined ? leftToPixels(percent, controller) : null;
    if (left === null) return { ...common, by: 'pixels', percent, pixelPercent: percent };
    return { ...common, by: 'controller', percent, pixelPercent: left };
  });
}

/** How much of full light the pixels of each output are sent with, as a report has it. */
export function sharesOf({ outputs }: { readonly outputs: readonly OutputLight[] }): PixelShares {
  return Object.fromEntries(outputs.map(({ output, pixelPercent }) => [output, pixelPercent / 100]));
}

/** The same for a brightness, per cent. */
export function pixelSharesOf(
  percent: number,
  lighted: LightedOutputs,
  controllers: readonly ControllerStatus[],
): PixelShares {
  return sharesOf({ outputs: outputLights(percent, lighted, controllers) });
}

/**
 * The per cent that pixels are sent with behind a controller that dims: all of it, less what the controller is too bright by
 * as it said last, obedient or not, in reach or not; null where nothing is known of it, which may be at full light.
 */
function leftToPixels(percent: number, { state, reading, wanted }: ControllerStatus): number | null {
  const isHeard = reading !== null || state === 'unconfirmed';
  if (!isHeard || wanted.brightnessPercent === null) return null;
  const reported = reading?.brightnessPercent ?? 0;
  return reported > percent + TOLERANCE_PERCENT ? (percent * 100) / reported : 100;
}
