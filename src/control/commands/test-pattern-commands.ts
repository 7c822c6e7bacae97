import type { Role } from '../options.js';
import { defineCommand } from './command.js';
import { commandSchemas } from './schemas.js';

const operator = (): Role => 'operator';

/** Test pictures of integrators. */
export const testPatternCommands = {
  'show-test-pattern': defineCommand({
    summary:
      'Lays a test picture over the wall, one output or one cabinet, for a limited time; while the hall is open it takes `confirm`.',
    schema: commandSchemas['show-test-pattern'],
    minimumRole: operator,
    run: (data, { engine, order }) => engine.testPatterns.show(data, order.actor),
  }),
  'stop-test-pattern': defineCommand({
    summary: 'Takes the test picture away.',
    schema: commandSchemas['stop-test-pattern'],
    minimumRole: operator,
    run: (_data, { engine, order }) => {
      engine.testPatterns.stop(order.actor);
      return Promise.resolve();
    },
  }),
} as const;
