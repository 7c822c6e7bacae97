import type { CommandRunner, Refusal } from './runner.js';

/** How bright the wall is. */
export type BrightnessCommands = {
  /**
   * @param percent of full light; null: automatic
   * @returns `above-ceiling` when the law does not allow as much, which is said beside the figure and not in a notice
   */
  set(percent: number | null): Promise<Refusal<'above-ceiling'>>;
};

export function brightnessCommands(runner: CommandRunner): BrightnessCommands {
  return {
    set: (percent) =>
      runner.attempt('brightness', (texts) => texts.brightness.failed, 'SetBrightness', { percent }, ['above-ceiling']),
  };
}
