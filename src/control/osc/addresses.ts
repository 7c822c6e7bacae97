import { GlasshallError } from '../../core/errors.js';
import type { CommandName } from '../commands/registry.js';

/** A value of an OSC message, as far as commands take any. */
export type OscValue = string | number | boolean | null;

/** What a message asks for; null: nothing to do, such as the release of a button. */
export type OscCommand = { readonly command: CommandName; readonly data: Readonly<Record<string, unknown>> };

type Meaning = {
  /** What follows the address, for the documentation. */
  readonly takes: string;
  readonly summary: string;
  readonly commandOf: (values: readonly OscValue[]) => OscCommand | null;
};

/** Buttons send 1 when they are pressed and 0 when they are let go; an address without a value is a press, too. */
function isPressed([value]: readonly OscValue[]): boolean {
  return value === undefined || (value !== 0 && value !== false);
}

function text(values: readonly OscValue[], index: number): string {
  const value = values[index];
  if (typeof value === 'string') return value;
  throw new GlasshallError('bad-command', `value ${index + 1} must be a text`, { field: `${index + 1}` });
}

/** A button that does one thing. */
function button(summary: string, command: CommandName, data: OscCommand['data'] = {}): Meaning {
  return { takes: '[1]', summary, commandOf: (values) => (isPressed(values) ? { command, data } : null) };
}

/**
 * Everything that can be said. What a guard hid stays hidden: blackout and hiding have no way back here, nor can a source
 * be put into another cell or a decision be taken back.
 */
export const oscAddresses: Readonly<Record<string, Meaning>> = {
  '/wall/1/layout': {
    takes: 'layout',
    summary: 'Puts a layout on air.',
    commandOf: (values) => ({ command: 'set-program', data: { layout: text(values, 0) } }),
  },
  '/wall/1/preview': {
    takes: 'layout',
    summary: 'Prepares a layout.',
    commandOf: (values) => ({ command: 'set-preview', data: { layout: text(values, 0) } }),
  },
  '/wall/1/take': button('Puts on air what is prepared.', 'take'),
  '/wall/1/blackout': button('Makes the wall black; only people give it back.', 'set-blackout', { on: true }),
  '/wall/1/hide': {
    takes: 'layout cell',
    summary: 'Hides a cell of a layout; only people show it again.',
    commandOf: (values) => ({
      command: 'set-cell-enabled',
      data: { layout: text(values, 0), cell: text(values, 1), enabled: false },
    }),
  },
  '/wall/1/ticker': {
    takes: 'text',
    summary: 'Sets the text of the ticker.',
    commandOf: (values) => ({ command: 'set-ticker', data: { text: text(values, 0) } }),
  },
  '/wall/1/tour': {
    takes: 'tour',
    summary: 'Lets a tour choose what is on air.',
    commandOf: (values) => ({ command: 'start-tour', data: { tour: text(values, 0) } }),
  },
  '/wall/1/schedule': button('Lets the schedule choose what is on air.', 'follow-schedule'),
};

/** What a message asks for. @throws GlasshallError `unknown-address`, `bad-command` */
export function commandOfMessage(address: string, values: readonly OscValue[]): OscCommand | null {
  const meaning = Object.hasOwn(oscAddresses, address) ? oscAddresses[address] : undefined;
  if (meaning === undefined) throw new GlasshallError('unknown-address', `nothing is done at ${address}`, { address });
  return meaning.commandOf(values);
}
