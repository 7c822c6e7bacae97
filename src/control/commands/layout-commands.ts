import type { Role } from '../options.js';
import { defineCommand } from './command.js';
import { commandSchemas } from './schemas.js';

/** The configuration is an admin's; drafts change nothing that anybody sees. */
const admin = (): Role => 'admin';
const operator = (): Role => 'operator';

/** Making layouts. */
export const layoutCommands = {
  'save-layout': defineCommand({
    summary:
      'Writes a layout into the configuration file, comments and everything else untouched, and uses it. What is on air takes `confirm`.',
    schema: commandSchemas['save-layout'],
    minimumRole: admin,
    run: (data, { engine }) => engine.layoutDesk.save(data),
  }),
  'delete-layout': defineCommand({
    summary:
      'Takes a layout out of the configuration file; refused while it is on air, prepared, in a tour or scheduled.',
    schema: commandSchemas['delete-layout'],
    minimumRole: admin,
    run: (data, { engine }) => engine.layoutDesk.delete(data),
  }),
  'save-layout-draft': defineCommand({
    summary: 'Keeps a layout that is being made, for everybody; nothing of it is checked.',
    schema: commandSchemas['save-layout-draft'],
    minimumRole: operator,
    run: (data, { engine, order }) => engine.layoutDesk.saveDraft(data, order.actor.name),
  }),
  'delete-layout-draft': defineCommand({
    summary: 'Throws a draft of a layout away.',
    schema: commandSchemas['delete-layout-draft'],
    minimumRole: operator,
    run: ({ draft }, { engine }) => engine.layoutDesk.deleteDraft(draft),
  }),
} as const;
