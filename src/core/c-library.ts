import { existsSync, readFileSync } from 'node:fs';
import { constants, endianness } from 'node:os';
import koffi from 'koffi';

/** A function of the C library. */
export type SystemCall = (...given: unknown[]) => number;

/** glibc, or null where there is none (another system, another C library): whoever uses it has another way, too. */
const library =
  existsSync('/proc/self/maps') && /libc\.so\.6/.test(readFileSync('/proc/self/maps', 'latin1'))
    ? koffi.load('libc.so.6')
    : null;

/** Whether structures in memory look as they do on the machines that walls run on: glibc, 64 bits, the low byte first. */
export const hasUsualLayout =
  library !== null && endianness() === 'LE' && (process.arch === 'x64' || process.arch === 'arm64');

/** Functions of the C library by the declarations given, or null where there is no glibc. */
export function systemCalls<Name extends string>(
  declarations: Readonly<Record<Name, string>>,
): Readonly<Record<Name, SystemCall>> | null {
  if (library === null) return null;
  const made = Object.entries<string>(declarations).map(([name, text]) => [name, library.func(text) as SystemCall]);
  return Object.fromEntries(made) as Record<Name, SystemCall>;
}

/** The number of the last call's failure in this thread. */
export function lastErrorNumber(): number {
  return koffi.errno();
}

/**
 * Where bytes lie in memory, for as long as somebody holds them. Node keeps short arrays where its garbage collector moves
 * them about, until their `buffer` is asked for: this asks.
 */
export function addressOfBytes(bytes: Uint8Array): number {
  return bytes.buffer.byteLength === 0 ? 0 : Number(koffi.address(bytes));
}

const codes = new Map<number, string>();
for (const [code, number] of Object.entries(constants.errno)) if (!codes.has(number)) codes.set(number, code);

/** The name of a failure's number, such as ENOENT. */
export function errorCodeOf(number: number): string {
  return codes.get(number) ?? `E${number}`;
}

/** A failure of the system as Node makes them, with its `code`, such as ENOENT. */
export function systemError(number: number): NodeJS.ErrnoException {
  const code = errorCodeOf(number);
  return Object.assign(new Error(`the system answers ${code}`), { code });
}
