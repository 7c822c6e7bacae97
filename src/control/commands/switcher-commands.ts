import type { z } from 'zod';
import type { SwitcherCommand } from '../../switcher/state.js';
import type { Role } from '../options.js';
import { defineCommand, type CommandContext, type CommandDefinition } from './command.js';
import { commandSchemas as schemas } from './schemas.js';

const operator = (): Role => 'operator';

/** Whoever guards privacy may take away; giving back takes an operator. */
const guardMayHide = ({ on }: { readonly on: boolean }): Role => (on ? 'guard' : 'operator');

/** A command that the switcher carries out as it is. */
function decision<Schema extends z.ZodObject>(
  summary: string,
  schema: Schema,
  minimumRole: CommandDefinition<Schema>['minimumRole'],
  commandOf: (data: z.output<Schema>) => SwitcherCommand,
): CommandDefinition<Schema> {
  const run = (data: z.output<Schema>, { engine, order }: CommandContext): Promise<void> =>
    engine.execute(commandOf(data), order);
  return defineCommand({ summary, schema, minimumRole, run });
}

/** What is on air, what is prepared, and everything else that operators decide. */
export const switcherCommands = {
  'set-preview': decision('Prepares a layout.', schemas['set-preview'], operator, (data) => ({
    kind: 'set-preview',
    ...data,
  })),
  'set-program': decision('Puts a layout on air.', schemas['set-program'], operator, (data) => ({
    kind: 'set-program',
    ...data,
  })),
  take: decision('Puts on air what is prepared; what was on air is prepared then.', schemas.take, operator, () => ({
    kind: 'take',
  })),
  undo: decision('Takes back the latest decision of a person.', schemas.undo, operator, () => ({ kind: 'undo' })),
  'set-studio-mode': decision('Switches the preview on or off.', schemas['set-studio-mode'], operator, (data) => ({
    kind: 'set-studio-mode',
    ...data,
  })),
  'set-cell-source': decision(
    'Shows another source in a cell of a layout.',
    schemas['set-cell-source'],
    operator,
    (data) => ({ kind: 'set-cell-source', ...data }),
  ),
  'set-cell-enabled': decision(
    'Hides a cell of a layout, or shows it again.',
    schemas['set-cell-enabled'],
    ({ enabled }) => guardMayHide({ on: !enabled }),
    (data) => ({ kind: 'set-cell-enabled', ...data }),
  ),
  'set-ticker': decision(
    'Sets the text of the ticker, with counts as {id.field}.',
    schemas['set-ticker'],
    operator,
    (data) => ({ kind: 'set-ticker', ...data }),
  ),
  'show-urgent-message': decision(
    'Runs an urgent message instead of the ticker’s text, in colours of its own, until a moment within a day; then it ends by itself.',
    schemas['show-urgent-message'],
    operator,
    (data) => ({ kind: 'show-urgent-message', ...data }),
  ),
  'end-urgent-message': decision(
    'Ends the urgent message before its time.',
    schemas['end-urgent-message'],
    operator,
    () => ({ kind: 'end-urgent-message' }),
  ),
  'set-transition': decision(
    'Chooses how layouts change, and how long a fade takes.',
    schemas['set-transition'],
    operator,
    ({ transition, fadeMs }) => ({ kind: 'set-transition', transition, ...(fadeMs === undefined ? {} : { fadeMs }) }),
  ),
  'set-blackout': decision(
    'Makes the whole wall black, or shows it again.',
    schemas['set-blackout'],
    guardMayHide,
    (data) => ({ kind: 'set-blackout', ...data }),
  ),
  'set-freeze': decision(
    'Holds the picture of the whole wall, which says so, or lets it go on.',
    schemas['set-freeze'],
    operator,
    (data) => ({ kind: 'set-freeze', ...data }),
  ),
  'set-brightness': decision(
    'Sets how bright the wall is, as far as the law allows, or leaves it to the schedule and the light.',
    schemas['set-brightness'],
    operator,
    (data) => ({ kind: 'set-brightness', ...data }),
  ),
  'start-tour': decision('Lets a tour choose what is on air.', schemas['start-tour'], operator, (data) => ({
    kind: 'start-tour',
    ...data,
  })),
  hold: decision(
    'Lets people choose what is on air: for good, or until a moment and then the schedule again.',
    schemas.hold,
    operator,
    (data) => ({ kind: 'hold', ...data }),
  ),
  'follow-schedule': decision('Lets the schedule choose what is on air.', schemas['follow-schedule'], operator, () => ({
    kind: 'follow-schedule',
  })),
} as const;
