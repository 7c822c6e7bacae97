import { batch } from '@preact/signals';
import type { Connection } from '../protocol/connection.js';
import type { ObsEvent } from '../protocol/envelope.js';
import { RequestError } from '../protocol/request-error.js';
import { VENDOR } from '../protocol/vendor-name.js';
import type { Hall } from '../state/hall.js';
import { applyReport, QUESTIONS } from './reports.js';
import type { Question } from './reports.js';

/** Figures that change all the time are asked for; the answer also proves that the server is there. */
const REFRESH_EVERY_MS = 1_000;
const REFRESH_HIDDEN_EVERY_MS = 10_000;

/** Fills the hall anew: all of it, as it is now. @throws RequestError */
export function takeSnapshot(hall: Hall, connection: Connection): Promise<void> {
  return askAll(QUESTIONS, hall, connection);
}

/**
 * Refreshes what changes without an event, until the connection ends; a refresh that fails ends it.
 * @param pause resolves after that long, or when it is worth looking at once
 */
export async function follow(
  hall: Hall,
  connection: Connection,
  pause: (waitMs: number) => Promise<void>,
): Promise<void> {
  const often = QUESTIONS.filter((question) => question.often);
  const life = { over: false };
  void connection.ended.then(() => (life.over = true));
  for (;;) {
    await pause(document.hidden ? REFRESH_HIDDEN_EVERY_MS : REFRESH_EVERY_MS);
    if (life.over) return;
    try {
      await askAll(often, hall, connection);
    } catch (thrown) {
      if (!(thrown instanceof RequestError)) throw thrown;
      connection.close();
      return;
    }
  }
}

async function askAll(questions: readonly Question[], hall: Hall, connection: Connection): Promise<void> {
  const answers = await Promise.all(questions.map(({ ask }) => ask(connection)));
  batch(() => {
    for (const apply of answers) apply(hall);
  });
}

/** Takes in an event; those of other vendors and of obs-websocket itself say nothing that ours do not. */
export function applyEvent(hall: Hall, { eventType, eventData }: ObsEvent): void {
  if (eventType !== 'VendorEvent' || eventData['vendorName'] !== VENDOR) return;
  applyReport(hall, String(eventData['eventType']), eventData['eventData']);
}
