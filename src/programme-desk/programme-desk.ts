import type { AutomationPlan } from '../automation/conductor.js';
import { writtenRule, type ScheduleOptions } from '../automation/options.js';
import type { ConfigurationEditor } from '../config/editing/configuration-editor.js';
import { scheduleEdit } from '../config/editing/schedule-edit.js';
import type { EditedText } from '../config/editing/text-edit.js';
import { tourEdit } from '../config/editing/tour-edit.js';
import type { LoadedConfiguration } from '../config/load.js';
import type { EditableProgramme, EditableSchedule, ProgrammeDesk, TourUse } from '../control/programme-desk.js';
import { GlasshallError } from '../core/errors.js';
import type { SwitcherState } from '../switcher/state.js';

/** Tours and schedule of a configuration. */
export type Programme = Pick<AutomationPlan, 'tours' | 'schedule'>;

export type HallProgrammeOptions = {
  /** Of the configuration; it is closed by whoever opened it. */
  readonly editor: ConfigurationEditor;
  /** What is in use, for when the file cannot be. */
  readonly inUse: () => Programme;
  readonly state: () => Pick<SwitcherState, 'automation'>;
};

/** The tours and the schedule of one hall, as its configuration has them: what control knows as the programme desk. */
export class HallProgramme implements ProgrammeDesk {
  readonly #options: HallProgrammeOptions;

  constructor(options: HallProgrammeOptions) {
    this.#options = options;
  }

  async programme(): Promise<EditableProgramme> {
    const { editor, inUse } = this.#options;
    const { file, loaded } = await editor.read();
    const programme = loaded === null ? inUse() : programmeOf(loaded);
    return {
      file,
      tours: programme.tours.map((tour) => ({ ...tour, uses: this.#usesOf(tour.id, programme) })),
      schedule: programme.schedule === null ? null : editableSchedule(programme.schedule),
    };
  }

  saveTour({ tour, replaces, fileRevision }: Parameters<ProgrammeDesk['saveTour']>[0]): Promise<void> {
    return this.#options.editor.change({
      fileRevision,
      edit: (source) => {
        if (replaces !== null && replaces !== tour.id) this.#requireUnused(replaces, source);
        return tourEdit(source, { kind: 'save', tour, replaces });
      },
      badCode: 'bad-tour',
      what: { tour: tour.id, change: 'save' },
    });
  }

  deleteTour({ tour, fileRevision }: Parameters<ProgrammeDesk['deleteTour']>[0]): Promise<void> {
    return this.#options.editor.change({
      fileRevision,
      edit: (source) => {
        this.#requireUnused(tour, source);
        return tourEdit(source, { kind: 'delete', tour });
      },
      badCode: 'bad-tour',
      what: { tour, change: 'delete' },
    });
  }

  saveScheduleRules({
    rules,
    otherwise,
    fileRevision,
  }: Parameters<ProgrammeDesk['saveScheduleRules']>[0]): Promise<void> {
    return this.#options.editor.change({
      fileRevision,
      edit: (source) => scheduleEdit(source, { rules, otherwise }),
      badCode: 'bad-schedule',
      what: { change: 'schedule-rules' },
    });
  }

  #requireUnused(tour: string, { loaded }: EditedText): void {
    const [use] = this.#usesOf(tour, programmeOf(loaded));
    if (use === undefined) return;
    const where = use.kind === 'running' ? 'running' : 'in the schedule';
    const name = use.name === null ? '' : ` (${use.name})`;
    const words = `${tour} is ${where}${name} — ${use.kind === 'running' ? 'end it' : 'take it out there'} first`;
    throw new GlasshallError('tour-in-use', words, { tour, where: use.kind, name: use.name });
  }

  /** What a tour is needed for, the nearest first. */
  #usesOf(tour: string, { schedule }: Programme): readonly TourUse[] {
    const { automation } = this.#options.state();
    const rules = schedule?.rules.filter(({ show }) => show === tour) ?? [];
    return [
      ...(automation.mode === 'tour' && automation.tour === tour ? [{ kind: 'running', name: null } as const] : []),
      ...rules.map(({ name, when }) => ({ kind: 'schedule', name: name ?? when.text }) as const),
      ...(schedule?.otherwise === tour ? [{ kind: 'schedule', name: null } as const] : []),
    ];
  }
}

function programmeOf({ configuration: { tours, schedule } }: LoadedConfiguration): Programme {
  return { tours, schedule: schedule ?? null };
}

function editableSchedule({ rules, otherwise, openingHours, workingDays }: ScheduleOptions): EditableSchedule {
  const hasHours = Object.keys(openingHours).length > 0 || workingDays.length > 0;
  return { rules: rules.map(writtenRule), otherwise, hasHours };
}
