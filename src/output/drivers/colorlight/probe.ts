import { setTimeout as sleep } from 'node:timers/promises';
import type { CardReply } from './packet.js';
import { QUERY_BYTES, writeQuery } from './packet.js';
import type { RawEthernetLink } from './raw-ethernet/raw-ethernet-link.js';
import { PREFIX_BYTES, writePrefix } from './raw-ethernet/record.js';

/** As FPP asks: cards are busy, and the first answer may be lost. */
const TRIES = 3;
const ANSWER_WITHIN_MS = 300;
/** How often it is looked whether the interface is open by now. */
const LOOK_EVERY_MS = 20;
/** Cards from this version on want everything twice that makes them show a frame. */
const FIRST_NEW_FIRMWARE = 13;

/** The question to the first card of a chain, as a record. */
export function queryRecord(): Uint8Array {
  const record = new Uint8Array(PREFIX_BYTES + QUERY_BYTES);
  writePrefix(record, 0, { length: QUERY_BYTES, role: 'apart' });
  writeQuery(record, PREFIX_BYTES, 0);
  return record;
}

/**
 * Asks the first card, once the interface is open.
 * @param ask sends the question
 * @returns null when nothing answers, or the interface cannot be opened
 */
export async function askCard(link: RawEthernetLink, ask: () => void, signal: AbortSignal): Promise<CardReply | null> {
  let tries = 0;
  while (tries < TRIES && !signal.aborted) {
    if (link.isOpen) {
      tries += 1;
      const reply = link.nextReply(ANSWER_WITHIN_MS, signal);
      ask();
      const card = await reply;
      if (card !== null) return card;
    } else {
      if (link.reason !== null) return null;
      await sleep(LOOK_EVERY_MS);
    }
  }
  return null;
}

/** Whether a card is of the newer kind, which is sent brightness and display twice. */
export function isNewFirmware({ firmwareMajor }: CardReply): boolean {
  return firmwareMajor >= FIRST_NEW_FIRMWARE;
}
