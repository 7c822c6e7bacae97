import type { z } from 'zod';
import { cameraCommands } from './camera-commands.js';
import type { CommandDefinition } from './command.js';
import { layoutCommands } from './layout-commands.js';
import { programmeCommands } from './programme-commands.js';
import type { commandSchemas } from './schemas.js';
import { serviceCommands } from './service-commands.js';
import { switcherCommands } from './switcher-commands.js';
import { testPatternCommands } from './test-pattern-commands.js';

/** Every command there is, by name. */
const commands = {
  ...switcherCommands,
  ...testPatternCommands,
  ...layoutCommands,
  ...programmeCommands,
  ...cameraCommands,
  ...serviceCommands,
} satisfies Record<CommandName, unknown>;

export type CommandName = keyof typeof commandSchemas;
/** What a command is given, before defaults are filled in. */
export type CommandData<Name extends CommandName> = z.input<(typeof commandSchemas)[Name]>;

/** In the order in which people read them. */
export const commandNames = Object.keys(commands) as readonly CommandName[];

/** Whether there is a command of this name; names of what every object has are none. */
export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

/** A command without its own types, for whoever has only its name. */
export function definitionOf(name: CommandName): CommandDefinition {
  return commands[name];
}
