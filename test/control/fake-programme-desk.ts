import type { AutomationPlan } from '../../src/automation/conductor.js';
import { writtenRule } from '../../src/automation/options.js';
import type { EditableProgramme, ProgrammeDesk } from '../../src/control/programme-desk.js';
import { GlasshallError } from '../../src/core/errors.js';

/** A programme desk in memory: it remembers what it was told to save, and its file has a new revision each time. */
export class FakeProgrammeDesk implements ProgrammeDesk {
  /** Names of requests, with what came with them. */
  readonly done: (readonly [request: string, data: unknown])[] = [];
  readonly #revisions = ['fourth', 'third', 'second', 'first'];
  readonly #plan: () => AutomationPlan;

  constructor(plan: () => AutomationPlan) {
    this.#plan = plan;
  }

  async programme(): Promise<EditableProgramme> {
    await Promise.resolve();
    const { tours, schedule } = this.#plan();
    return {
      file: { name: 'hall.yaml', revision: this.#revisions.at(-1) ?? null, problem: null },
      tours: tours.map((tour) => ({ ...tour, uses: [{ kind: 'schedule', name: '办公' }] })),
      schedule: schedule === null ? null : { ...schedule, rules: schedule.rules.map(writtenRule), hasHours: true },
    };
  }

  saveTour(request: Parameters<ProgrammeDesk['saveTour']>[0]): Promise<void> {
    return this.#advance('save-tour', request);
  }

  deleteTour(request: Parameters<ProgrammeDesk['deleteTour']>[0]): Promise<void> {
    return this.#advance('delete-tour', request);
  }

  saveScheduleRules(request: Parameters<ProgrammeDesk['saveScheduleRules']>[0]): Promise<void> {
    return this.#advance('save-schedule-rules', request);
  }

  async #advance(request: string, data: { readonly fileRevision: string }): Promise<void> {
    await Promise.resolve();
    if (data.fileRevision !== this.#revisions.at(-1)) throw new GlasshallError('configuration-changed', 'another file');
    this.#revisions.pop();
    this.done.push([request, data]);
  }
}
