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
  return library === null ? null : callsOf(library, declarations);
}

function callsOf<Name extends string>(
  from: NonNullable<typeof library>,
  declarations: Readonly<Record<Name, string>>,
): Readonly<Record<Name, SystemCall>> {
  const made = Object.entries<string>(declarations).map(([name, text]) => [name, from.func(text) as SystemCall]);
  return Object.fromEntries(made) as Record<Name, SystemCall>;
}

/**
 * Functions of a library of the system by the declarations given, or null where it, one of them or glibc is missing.
 * @param fileName as the system's loader knows it, with the version of its interface: `libyuv.so.0`
 */
export function libraryCalls<Name extends string>(
  fileName: string,
  declarations: Readonly<Record<Name, string>>,
): Readonly<Record<Name, SystemCall>> | null {
  if (!hasUsualLayout) return null;
  try {
    return callsOf(koffi.load(fileName), declarations);
  } catch {
    // Not installed, or of another version: an answer like any other.
    return null;
  }
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
