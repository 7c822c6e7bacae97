/**
 * What the server reports, and where it goes in the hall. More of its state: a line for its event, a line for the request
 * that asks for it, and the function beside the signal (`../state`) that takes it in.
 */
import type { VendorEvent, VendorEventName, VendorRequestName, VendorResponse } from '../../../control/vendor.js';
import type { Connection } from '../protocol/connection.js';
import { callVendor } from '../protocol/vendor-call.js';
import type { VendorRequestData } from '../protocol/vendor-call.js';
import {
  applyBrightness,
  applyController,
  applyCount,
  applyCounts,
  applyControllers,
  applyOutput,
  applyOutputs,
  applyPatterns,
  applyTile,
  applyTiles,
  applyWall,
} from '../state/hall.js';
import type { Hall } from '../state/hall.js';

type Apply<Data> = (hall: Hall, data: Data) => void;

/** Events of ours, and what takes them in. Those without a line say nothing that the page shows. */
const EVENTS: { readonly [Name in VendorEventName]?: Apply<VendorEvent<Name>> } = {
  WallChanged: applyWall,
  TileChanged: applyTile,
  CountChanged: applyCount,
  OutputChanged: applyOutput,
  ControllerChanged: applyController,
  // What is in them is asked for by whoever shows them.
  LayoutDraftsChanged: ({ draftsChanged }) => (draftsChanged.value += 1),
  BrightnessChanged: applyBrightness,
  ServiceChanged: ({ configurationLoadedAtMs }, { configuration }) =>
    (configurationLoadedAtMs.value = configuration.loadedAtMs),
};

/** A request for a part of the state. */
export type Question = {
  /** Asked for once a second, because it holds figures that change without an event; the others once per connection. */
  readonly often: boolean;
  /** @returns what puts the answer into the hall, so that all answers can go there together. @throws RequestError */
  readonly ask: (connection: Connection) => Promise<(hall: Hall) => void>;
};

/** All that a page asks for by itself. */
export const QUESTIONS: readonly Question[] = [
  question('GetWall', {}, applyWall, { often: true }),
  question('GetTiles', {}, applyTiles, { often: true }),
  question('GetOutputs', {}, applyOutputs, { often: true }),
  question('GetBrightness', {}, applyBrightness, { often: true }),
  question('GetCounts', {}, applyCounts),
  question('GetControllers', {}, applyControllers),
  question('GetTestPatterns', {}, applyPatterns),
];

function question<Name extends VendorRequestName>(
  name: Name,
  data: VendorRequestData<Name>,
  apply: Apply<VendorResponse<Name>>,
  { often } = { often: false },
): Question {
  const ask = async (connection: Connection): Promise<(hall: Hall) => void> => {
    const answer = await callVendor(connection, name, data);
    return (hall) => apply(hall, answer);
  };
  return { often, ask };
}

/** Takes in an event of ours. @param name as it came; there may be none of that name here */
export function applyReport(hall: Hall, name: string, data: unknown): void {
  if (!Object.hasOwn(EVENTS, name)) return;
  // The page comes from the server that speaks, so the two agree on the shape that goes with the name.
  (EVENTS[name as VendorEventName] as Apply<unknown> | undefined)?.(hall, data);
}
