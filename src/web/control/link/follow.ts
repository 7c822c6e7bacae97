import { batch } from '@preact/signals';
import type { VendorEvent } from '../../../control/vendor.js';
import type { Connection } from '../protocol/connection.js';
import type { ObsEvent } from '../protocol/envelope.js';
import { RequestError } from '../protocol/request-error.js';
import { callVendor } from '../protocol/vendor-call.js';
import { VENDOR } from '../protocol/vendor-name.js';
import { applyController, applyCount, applyOutput, applyTile, applyTiles, applyWall } from '../state/hall.js';
import type { Hall } from '../state/hall.js';

/** Figures that change all the time are asked for; the answer also proves that the server is there. */
const REFRESH_EVERY_MS = 1_000;
const REFRESH_HIDDEN_EVERY_MS = 10_000;

/** Fills the hall anew: all of it, as it is now. @throws RequestError */
export async function takeSnapshot(hall: Hall, connection: Connection): Promise<void> {
  const [{ counts }, { controllers }] = await Promise.all([
    callVendor(connection, 'GetCounts', {}),
    callVendor(connection, 'GetControllers', {}),
    refresh(hall, connection),
  ]);
  hall.counts.value = counts;
  hall.controllers.value = controllers;
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
  const life = { over: false };
  void connection.ended.then(() => (life.over = true));
  for (;;) {
    await pause(document.hidden ? REFRESH_HIDDEN_EVERY_MS : REFRESH_EVERY_MS);
    if (life.over) return;
    try {
      await refresh(hall, connection);
    } catch (thrown) {
      if (!(thrown instanceof RequestError)) throw thrown;
      connection.close();
      return;
    }
  }
}

async function refresh(hall: Hall, connection: Connection): Promise<void> {
  const [wall, tiles, outputs] = await Promise.all([
    callVendor(connection, 'GetWall', {}),
    callVendor(connection, 'GetTiles', {}),
    callVendor(connection, 'GetOutputs', {}),
  ]);
  batch(() => {
    applyWall(hall, wall);
    applyTiles(hall, tiles);
    hall.outputs.value = outputs.outputs;
  });
}

/** Takes in an event; those of other vendors and of obs-websocket itself say nothing that ours do not. */
export function applyEvent(hall: Hall, { eventType, eventData }: ObsEvent): void {
  if (eventType !== 'VendorEvent' || eventData['vendorName'] !== VENDOR) return;
  const data = eventData['eventData'];
  switch (eventData['eventType']) {
    case 'WallChanged':
      applyWall(hall, data as VendorEvent<'WallChanged'>);
      break;
    case 'TileChanged':
      applyTile(hall, data as VendorEvent<'TileChanged'>);
      break;
    case 'CountChanged':
      applyCount(hall, data as VendorEvent<'CountChanged'>);
      break;
    case 'OutputChanged':
      applyOutput(hall, data as VendorEvent<'OutputChanged'>);
      break;
    case 'ControllerChanged':
      applyController(hall, data as VendorEvent<'ControllerChanged'>);
      break;
    default:
  }
}
