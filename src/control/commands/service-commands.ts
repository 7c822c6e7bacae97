import { defineCommand } from './command.js';
import { commandSchemas } from './schemas.js';

/** What concerns the service itself. */
export const serviceCommands = {
  'reload-configuration': defineCommand({
    summary: 'Reads the configuration file again.',
    schema: commandSchemas['reload-configuration'],
    minimumRole: () => 'admin',
    run: (_data, { engine }) => engine.reload(),
  }),
} as const;
