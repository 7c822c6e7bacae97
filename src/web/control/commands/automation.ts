import type { CommandRunner } from './runner.js';

/** Who chooses what is on air. */
export type AutomationCommands = {
  followSchedule(): Promise<boolean>;
  /** People choose, until somebody says otherwise. */
  hold(): Promise<boolean>;
};

export function automationCommands(runner: CommandRunner): AutomationCommands {
  return {
    followSchedule: () => runner.call('automation', (texts) => texts.automation.failed.back, 'FollowSchedule', {}),
    hold: () => runner.call('automation', (texts) => texts.automation.failed.hold, 'Hold', {}),
  };
}
