import { z } from 'zod';
import type { OptionFacts } from '../../option-facts.js';
import { viewOptions } from '../../view/options.js';

/** The order in which the three bytes of a pixel leave. */
export const COLOUR_ORDERS = ['rgb', 'rbg', 'grb', 'gbr', 'brg', 'bgr'] as const;
/** One of them. */
export type ColourOrder = (typeof COLOUR_ORDERS)[number];

/** Rows are numbered with 16 bits. */
const ROWS = 65_536;

/** A chain of Colorlight receiving cards behind one Ethernet port. */
export const colorlightOptions = z.strictObject({
  ...viewOptions,
  type: z.literal('colorlight'),
  interface: z
    .string()
    .regex(/^[^\s/:]{1,15}$/, 'the name of a network interface, such as eth1')
    .describe('The network interface at which the first card hangs, 1000 Mbit/s, for nothing else'),
  brightness: z.int().min(0).max(255).default(255).describe('Brightness that the cards are told, linear'),
  firmware: z
    .enum(['auto', 'old', 'new'])
    .default('auto')
    .describe('old: to 12.x; new: from 13.x, everything that shows a frame is sent twice; auto: the cards are asked'),
  colourOrder: z.enum(COLOUR_ORDERS).default('bgr').describe('Order of the colours of a pixel in a packet'),
  gapMs: z
    .number()
    .min(1)
    .max(20)
    .default(6)
    .describe('Time between the last row and the packet that shows the frame, at least 5 for most cards'),
});

/** A Colorlight output, with defaults filled in. */
export type ColorlightOptions = z.output<typeof colorlightOptions>;

/** All cards behind an interface show what is sent there: there is room for one output. */
export const colorlightFacts: OptionFacts<ColorlightOptions> = {
  address: ({ interface: name }) => `colorlight://${name}`,
  span: ({ interface: name }, { heightPx }) => ({
    device: `the Colorlight cards behind ${name}`,
    unit: 'row',
    from: 0,
    to: heightPx,
    limit: ROWS,
    option: null,
  }),
};
