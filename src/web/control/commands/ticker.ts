import type { CommandRunner } from './runner.js';

/** The running line. */
export type TickerCommands = {
  setText(text: string): Promise<boolean>;
  /** Runs plain words instead of the text, until a moment in epoch milliseconds. */
  showUrgent(text: string, untilMs: number): Promise<boolean>;
  endUrgent(): Promise<boolean>;
};

export function tickerCommands(runner: CommandRunner): TickerCommands {
  return {
    setText: (text) => runner.call('ticker', ({ ticker }) => ticker.failed, 'SetTicker', { text }),
    showUrgent: (text, untilMs) =>
      runner.call('urgent', ({ urgent }) => urgent.failed.show, 'ShowUrgentMessage', { text, untilMs }),
    endUrgent: () => runner.call('urgent', ({ urgent }) => urgent.failed.end, 'EndUrgentMessage', {}),
  };
}
