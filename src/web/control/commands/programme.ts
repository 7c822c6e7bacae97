import type { CommandRunner } from './runner.js';

/** What comes on air by itself. */
export type ProgrammeCommands = {
  startTour(tour: string): Promise<boolean>;
  /** People choose from now on. @param untilMs epoch milliseconds, then the schedule; null: for good */
  hold(untilMs: number | null): Promise<boolean>;
  followSchedule(): Promise<boolean>;
};

export function programmeCommands(runner: CommandRunner): ProgrammeCommands {
  return {
    startTour: (tour) => runner.call('tour', ({ programme }) => programme.failed.tour, 'StartTour', { tour }),
    hold: (untilMs) => runner.call('hold', ({ programme }) => programme.failed.hold, 'Hold', { untilMs }),
    followSchedule: () => runner.call('follow', ({ programme }) => programme.failed.follow, 'FollowSchedule', {}),
  };
}
