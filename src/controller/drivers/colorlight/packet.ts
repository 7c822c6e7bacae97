/**
 * Commands of Colorlight processors, as their maker publishes them in its own open module for Bitfocus Companion
 * (companion-module-colorlight-processor). Multi-byte fields are little-endian.
 *
 * | V        | Z        | field                                                             |
 * |----------|----------|-------------------------------------------------------------------|
 * | 0–2      | 0–1      | command: 10 10 00 or 11 00 black, 11 10 00 or 12 00 freeze, 50 10 00 or 21 00 brightness |
 * | 3–6      | 2–5      | length of the whole                                               |
 * | 7–8      | 6–7      | device from 0, FFFF all                                           |
 * | 9        | –        | 02                                                                |
 * | 10–16    | 8–15     | 0                                                                 |
 * | 17–      | 16–      | value                                                             |
 *
 * Brightness: V hundredths of a per cent, 16 bits; Z per cent, 32-bit float. Black: V 1 on, Z 0 on. Freeze: 1 on.
 * The question EB over UDP is answered with EA: 22 kind (0 sender, 1 player, 2 processor), 23 model.
 */
import type { ColorlightOptions } from './options.js';

type Protocol = ColorlightOptions['protocol'];

const LAYOUTS = {
  v: { lengthAt: 3, deviceAt: 7, valueAt: 17, black: [0x10, 0x10], freeze: [0x11, 0x10], brightness: [0x50, 0x10] },
  z: { lengthAt: 2, deviceAt: 6, valueAt: 16, black: [0x11, 0x00], freeze: [0x12, 0x00], brightness: [0x21, 0x00] },
} as const;

const ALL_DEVICES = 0xffff;
const ANSWER_BYTES = 24;
const KINDS = ['sender', 'player', 'processor'] as const;

/** The question at which devices say that they are there. */
export const SEARCH_QUESTION = Uint8Array.of(0xeb, 0x00, 0x00, 0x09, 0x01, 0x55, 0xee, 0xcc, 0x00);

/** Keeps a connection open. */
export const HEARTBEATS: { readonly [Each in Protocol]: Uint8Array } = {
  v: Uint8Array.of(0x99, 0x99, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00),
  z: Uint8Array.of(0x99, 0x99, 0x04, 0x00),
};

/** The command that switches to black, or back. @param device from 1; undefined all */
export function blackCommand(protocol: Protocol, device: number | undefined, isOn: boolean): Buffer {
  const isHigh = protocol === 'v' ? isOn : !isOn;
  return command(protocol, 'black', device, Buffer.of(isHigh ? 1 : 0));
}

/** The command that holds the picture, or lets go of it. */
export function freezeCommand(protocol: Protocol, device: number | undefined, isOn: boolean): Buffer {
  return command(protocol, 'freeze', device, Buffer.of(isOn ? 1 : 0));
}

/** The command that sets the brightness, 0 to 100. */
export function brightnessCommand(protocol: Protocol, device: number | undefined, percent: number): Buffer {
  const value = Buffer.alloc(protocol === 'v' ? 2 : 4);
  if (protocol === 'v') value.writeUInt16LE(Math.round(percent * 100));
  else value.writeFloatLE(Math.round(percent * 100) / 100);
  return command(protocol, 'brightness', device, value);
}

/** What a device says of itself: null for what is no such answer, `short` for one that is cut off. */
export function parseSearchAnswer(datagram: Uint8Array): { readonly description: string } | 'short' | null {
  if (datagram[0] !== 0xea) return null;
  const [kind, model] = [datagram[22], datagram[23]];
  if (datagram.length < ANSWER_BYTES || kind === undefined || model === undefined) return 'short';
  return { description: `Colorlight ${KINDS[kind] ?? 'device'}, model 0x${model.toString(16).padStart(2, '0')}` };
}

function command(
  protocol: Protocol,
  what: 'black' | 'freeze' | 'brightness',
  device: number | undefined,
  value: Buffer,
): Buffer {
  const { lengthAt, deviceAt, valueAt, ...codes } = LAYOUTS[protocol];
  const packet = Buffer.alloc(valueAt + value.length);
  packet.set(codes[what], 0);
  packet.writeUInt32LE(packet.length, lengthAt);
  packet.writeUInt16LE(device === undefined ? ALL_DEVICES : device - 1, deviceAt);
  if (protocol === 'v') packet.writeUInt8(2, 9);
  packet.set(value, valueAt);
  return packet;
}
