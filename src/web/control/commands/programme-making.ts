import type { VendorResponse } from '../../../control/vendor.js';
import { RequestError } from '../protocol/request-error.js';
import { callVendor } from '../protocol/vendor-call.js';
import type { VendorRequestData } from '../protocol/vendor-call.js';
import type { FailureWords } from '../state/notices.js';
import type { CommandRunner } from './runner.js';

/** Tours and rules as the configuration has them. */
export type ProgrammeCatalogue = VendorResponse<'GetProgramme'>;
export type EditableTour = ProgrammeCatalogue['tours'][number];
export type EditableRule = NonNullable<ProgrammeCatalogue['schedule']>['rules'][number];

/** Why the configuration does not take something: which value, such as `schedule.rules[2].when`, and a stable code. */
export type Fault = { readonly path: string; readonly problem: string };

/** How saving went: done, failed (there is a notice), or with the fault to be mended. */
export type Saved = 'done' | 'failed' | Fault;

/** Making tours and the schedule. */
export type ProgrammeMakingCommands = {
  /** What there is now; null where it cannot be had. */
  catalogue(): Promise<ProgrammeCatalogue | null>;
  saveTour(request: VendorRequestData<'SaveTour'>): Promise<Saved>;
  removeTour(request: VendorRequestData<'DeleteTour'>): Promise<boolean>;
  saveRules(request: VendorRequestData<'SaveScheduleRules'>): Promise<Saved>;
};

export function programmeMakingCommands(runner: CommandRunner): ProgrammeMakingCommands {
  const save = async <Name extends 'SaveTour' | 'SaveScheduleRules'>(
    failure: FailureWords,
    name: Name,
    data: VendorRequestData<Name>,
  ): Promise<Saved> => {
    const found: { fault: Fault | null } = { fault: null };
    const isDone = await runner.carryOut('save-programme', failure, async () => {
      try {
        await callVendor(runner.connection(), name, data);
      } catch (thrown) {
        found.fault = faultOf(thrown);
        if (found.fault === null) throw thrown;
      }
    });
    return found.fault ?? (isDone ? 'done' : 'failed');
  };
  return {
    catalogue: () => runner.ask('programme', ({ making }) => making.loadFailed, 'GetProgramme', {}),
    saveTour: (request) => save(({ making }) => making.saveTourFailed, 'SaveTour', request),
    saveRules: (request) => save(({ making }) => making.saveRulesFailed, 'SaveScheduleRules', request),
    removeTour: (request) => runner.call('remove-tour', ({ making }) => making.removeFailed, 'DeleteTour', request),
  };
}

/** What is answered at the field; null for anything else. */
function faultOf(thrown: unknown): Fault | null {
  if (!(thrown instanceof RequestError) || !['bad-tour', 'bad-schedule'].includes(thrown.code)) return null;
  const { path, problem } = thrown.parameters;
  return typeof path === 'string' && typeof problem === 'string' ? { path, problem } : null;
}
