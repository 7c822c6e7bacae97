import { z } from 'zod';
import { commonOptions, hostOption, portOption } from '../../common-options.js';

const chain = z.strictObject({
  port: z.int().min(0).max(31).describe('Ethernet port of the sending card, from 0'),
  cards: z.int().min(1).max(1_024).describe('Receiving cards on it'),
});

/** A NovaStar sending card or processor (MCTRL, VX, NovaPro …), TCP. It takes one connection at a time: NovaLCT has to be closed. */
export const novastarOptions = z.strictObject({
  ...commonOptions,
  type: z.literal('novastar'),
  host: hostOption,
  port: portOption.default(5200).describe('VX Pro: 15200'),
  chains: z
    .array(chain)
    .min(1)
    .max(32)
    .default([{ port: 0, cards: 1 }])
    .describe('How many receiving cards hang at which port: one that does not answer is an alarm'),
  dviSignal: z
    .boolean()
    .default(false)
    .describe('Whether the signal at the DVI input is watched; only for sending cards that have one'),
});

/** A NovaStar controller, with defaults filled in. */
export type NovastarOptions = z.output<typeof novastarOptions>;
