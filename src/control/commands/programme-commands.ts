import type { Role } from '../options.js';
import { tourOptionsOf } from '../programme-fields.js';
import { defineCommand } from './command.js';
import { commandSchemas } from './schemas.js';

/** The configuration is an admin's. */
const admin = (): Role => 'admin';

/** Making tours and the schedule. */
export const programmeCommands = {
  'save-tour': defineCommand({
    summary: 'Writes a tour into the configuration file, comments and everything else untouched, and uses it.',
    schema: commandSchemas['save-tour'],
    minimumRole: admin,
    run: ({ tour, ...request }, { engine }) => engine.programmeDesk.saveTour({ ...request, tour: tourOptionsOf(tour) }),
  }),
  'delete-tour': defineCommand({
    summary: 'Takes a tour out of the configuration file; refused while it runs or the schedule needs it.',
    schema: commandSchemas['delete-tour'],
    minimumRole: admin,
    run: (data, { engine }) => engine.programmeDesk.deleteTour(data),
  }),
  'save-schedule-rules': defineCommand({
    summary:
      'Writes the rules of the schedule into the configuration file, hours, holidays and comments untouched, and follows them.',
    schema: commandSchemas['save-schedule-rules'],
    minimumRole: admin,
    run: (data, { engine }) => engine.programmeDesk.saveScheduleRules(data),
  }),
} as const;
