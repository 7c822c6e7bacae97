import { readFileSync } from 'node:fs';
import type { Fragment } from '../../src/camera/ingest/fragment.js';
import { FragmentReader, type InitialisationSegment } from '../../src/camera/ingest/fragment-reader.js';

/** What an ingest would have given. */
export type Stream = { segment: InitialisationSegment; fragments: Fragment[] };

/** Reads a whole file of fragmented MP4. */
export function readStream(path: string): Stream {
  let segment: InitialisationSegment | null = null as InitialisationSegment | null;
  const fragments: Fragment[] = [];
  const reader = new FragmentReader(
    { onInitialisation: (found) => (segment = found), onFragment: (one) => fragments.push(one) },
    () => 0,
  );
  reader.push(readFileSync(path));
  if (segment === null) throw new Error('no initialisation segment');
  return { segment, fragments };
}
