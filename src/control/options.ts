import { z } from 'zod';

/** What a person may do: look; only hide (blank, freeze); operate; everything. */
export const role = z.enum(['viewer', 'guard', 'operator', 'admin']);
export type Role = z.output<typeof role>;

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
});

/** Control options, with defaults filled in. */
export type ControlOptions = z.output<typeof controlOptions>;
