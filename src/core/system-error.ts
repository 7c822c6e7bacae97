import { constants } from 'node:os';

/** What a call into the C library failed with, as Node would say it: an error with a `code` such as ENODEV. */
export function systemError(number: number): NodeJS.ErrnoException {
  const code = Object.entries(constants.errno).find(([, value]) => value === number)?.[0] ?? `E${number}`;
  return Object.assign(new Error(`the system answers ${code}`), { code });
}
