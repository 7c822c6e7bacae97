import type { VendorRequestData } from '../protocol/vendor-call.js';
import type { CommandRunner, Refusal } from './runner.js';

export type PatternOrder = Required<
  Pick<VendorRequestData<'ShowTestPattern'>, 'pattern' | 'target' | 'seconds' | 'confirm'>
>;

/** Test pictures of integrators. */
export type PatternCommands = {
  /** @returns `confirmation-needed` when the hall is open, and nobody said yes to that yet */
  show(order: PatternOrder): Promise<Refusal<'confirmation-needed'>>;
  stop(): Promise<boolean>;
};

export function patternCommands(runner: CommandRunner): PatternCommands {
  return {
    show: (order) =>
      runner.attempt('show-pattern', (texts) => texts.patterns.failed.show, 'ShowTestPattern', order, [
        'confirmation-needed',
      ]),
    stop: () => runner.call('stop-pattern', (texts) => texts.patterns.failed.stop, 'StopTestPattern', {}),
  };
}
