import type { CommandRunner } from './runner.js';

/** The running line. */
export type TickerCommands = { setText(text: string): Promise<boolean> };

export function tickerCommands(runner: CommandRunner): TickerCommands {
  return { setText: (text) => runner.call('ticker', ({ ticker }) => ticker.failed, 'SetTicker', { text }) };
}
