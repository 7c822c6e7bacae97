import { z } from 'zod';
import { mqttOptions } from './mqtt/options.js';
import { oscOptions } from './osc/options.js';
import { role, type Role } from './role.js';

export type { Role };

/** People and the addresses of control. Without operators, control is open, which is refused anywhere but on loopback. */
export const controlOptions = z.strictObject({
  operators: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        role: role.default('operator'),
        token: z.string().min(8).describe('Give it as "${NAME}" from the environment'),
      }),
    )
    .default([]),
  origins: z
    .array(z.string())
    .default([])
    .describe('Further web origins that may open a WebSocket, such as "https://panel.example"'),
  osc: oscOptions.optional().describe('For lighting desks; off unless it is given'),
  mqtt: mqttOptions.optional().describe('For home automation; off unless it is given'),
});

/** Control options, with defaults filled in. */
export type ControlOptions = z.output<typeof controlOptions>;
