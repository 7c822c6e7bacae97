import { z } from 'zod';
import { HEADER_BYTES, ID_CONFIG, ID_STATUS, isReply } from './packet.js';

const LONGEST_DESCRIPTION = 120;

const word = z
  .union([z.string().max(256), z.number()])
  .transform(String)
  .optional()
  .catch(undefined);

/** What displays say of themselves (ids 251 and 250). All of it is optional: firmwares differ in what they send. */
const statusAnswer = z.object({ status: z.object({ man: word, mod: word, ver: word, mac: word }) });
const configAnswer = z.object({
  config: z.object({
    nm: word,
    hostname: word,
    ports: z
      .array(z.object({ l: z.int().min(0).max(1e7).optional().catch(undefined) }))
      .max(1_024)
      .catch([])
      .default([]),
  }),
});

/** A display's answer to a query. `pixelCount`: of all its ports, 0 when it does not say. */
export type DdpAnswer =
  | { readonly kind: 'status'; readonly description: string }
  | { readonly kind: 'config'; readonly name: string; readonly pixelCount: number };

/** Reads a display's answer to a status or configuration query; null when the datagram is none, or cannot be understood. */
export function readAnswer(datagram: Buffer): DdpAnswer | null {
  if (!isReply(datagram)) return null;
  const body = datagram.subarray(HEADER_BYTES, HEADER_BYTES + datagram.readUInt16BE(8)).toString('utf8');
  const value = parseJson(body);
  if (datagram[3] === ID_STATUS) {
    const parsed = statusAnswer.safeParse(value);
    if (!parsed.success) return null;
    const { man, mod, ver, mac } = parsed.data.status;
    return { kind: 'status', description: oneLine([man, mod, ver, mac]) };
  }
  if (datagram[3] !== ID_CONFIG) return null;
  const parsed = configAnswer.safeParse(value);
  if (!parsed.success) return null;
  const { nm, hostname, ports } = parsed.data.config;
  return { kind: 'config', name: oneLine([nm ?? hostname]), pixelCount: ports.reduce((sum, { l = 0 }) => sum + l, 0) };
}

/** Words that a device chose, as one printable line of limited length. */
function oneLine(words: readonly (string | undefined)[]): string {
  return words
    .filter((each) => each !== undefined && each !== '')
    .join(' ')
    .replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_DESCRIPTION);
}

/** Undefined where the text is no JSON: not every firmware sends what it should. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
