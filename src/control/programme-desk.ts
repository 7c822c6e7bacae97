import type { TourOptions, WrittenRule } from '../automation/options.js';
import type { EditableLayouts } from './layout-desk.js';

/** Where a tour is needed. `name`: of the rule, null where it runs and for what is shown otherwise. */
export type TourUse = { readonly kind: 'running' | 'schedule'; readonly name: string | null };

/** The tours and the rules of the configuration file, and whether they can be saved there. */
export type EditableProgramme = {
  /** `invalid`: the file has mistakes; the rest is what was read before. */
  readonly file: EditableLayouts['file'];
  readonly tours: readonly (TourOptions & { readonly uses: readonly TourUse[] })[];
  /** Null without a schedule; saving rules makes one. */
  readonly schedule: EditableSchedule | null;
};

/** What the schedule shows: the first rule that applies, and what is shown when none does. */
export type EditableSchedule = {
  readonly rules: readonly WrittenRule[];
  /** Id of a layout or a tour. */
  readonly otherwise: string;
  /** Whether anybody said when the hall is open: rules that speak of it need that. */
  readonly hasHours: boolean;
};

/** Where tours and the schedule are made: in the configuration file. */
export interface ProgrammeDesk {
  programme(): Promise<EditableProgramme>;
  /**
   * Writes a tour into the configuration file, which is then in use.
   * @throws GlasshallError `configuration-changed`, `configuration-invalid`, `bad-tour`, `tour-in-use`, `unknown-tour`,
   * `tour-not-editable`, `configuration-read-only`, `configuration-mounted`, `configuration-not-written`
   */
  saveTour(request: {
    readonly tour: TourOptions;
    /** Id of the tour that gives way to it; null for one more. */
    readonly replaces: string | null;
    readonly fileRevision: string;
  }): Promise<void>;
  /** Takes a tour out of the configuration file. @throws GlasshallError as `saveTour` does */
  deleteTour(request: { readonly tour: string; readonly fileRevision: string }): Promise<void>;
  /**
   * Writes the rules of the schedule into the configuration file; its hours and holidays stay as they are.
   * @throws GlasshallError `bad-schedule`, `schedule-not-editable`, and of the file as `saveTour` does
   */
  saveScheduleRules(
    request: Pick<EditableSchedule, 'rules' | 'otherwise'> & { readonly fileRevision: string },
  ): Promise<void>;
}
