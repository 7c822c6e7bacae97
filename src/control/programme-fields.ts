import type { TourOptions } from '../automation/options.js';
import type { EditableProgramme } from './programme-desk.js';
import type { VendorResponse } from './vendor.js';

type GivenTour = VendorResponse<'GetProgramme'>['tours'][number];

/** Tours and rules of the configuration, as `GetProgramme` gives them. */
export function programmeFields({ file, tours, schedule }: EditableProgramme): VendorResponse<'GetProgramme'> {
  return {
    file: { ...file },
    tours: tours.map(({ id, name, stops, skipDead, uses }) => ({
      ...{ id, name, skipDead, stops: stops.map(({ layout, dwell }) => ({ layout, dwellMs: dwell })) },
      uses: uses.map((use) => ({ ...use })),
    })),
    schedule:
      schedule === null
        ? null
        : { ...schedule, rules: schedule.rules.map((rule) => ({ ...rule, days: [...rule.days] })) },
  };
}

/** A tour as the configuration has it. */
export function tourOptionsOf({ id, name, stops, skipDead }: Omit<GivenTour, 'uses'>): TourOptions {
  return { id, name, skipDead, stops: stops.map(({ layout, dwellMs }) => ({ layout, dwell: dwellMs })) };
}
