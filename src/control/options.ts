import { z } from 'zod';
import { role, type Role } from '../operators/role.js';
import { mqttOptions } from './mqtt/options.js';
import { oscOptions } from './osc/options.js';

export { role, type Role };

/** People and the addresses of control. Without operators, here or added by command, control is open, which is refused anywhere but on loopback. */
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
  tls: z
    .strictObject({
      certificate: z.string().min(1).describe('File with the certificate and those that lead to it, PEM'),
      key: z.string().min(1).describe('File with the private key, PEM, without a passphrase'),
    })
    .optional()
    .describe(
      'Pages, HTTP and obs-websocket over TLS 1.2 or later (https, wss); changed files are taken while it runs',
    ),
});

/** Control options, with defaults filled in. */
export type ControlOptions = z.output<typeof controlOptions>;
