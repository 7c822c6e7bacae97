import { BoxReader, type WholeBox } from './boxes.js';
import { defaultSampleFlags, readFragmentHeader, type Fragment } from './fragment.js';
import { readStreamInformation, type StreamInformation } from './stream-information.js';

/** The initialisation segment (`ftyp` and `moov`) and what it says. */
export type InitialisationSegment = { readonly bytes: Buffer; readonly information: StreamInformation };

export type FragmentReaderEvents = {
  readonly onInitialisation: (segment: InitialisationSegment) => void;
  readonly onFragment: (fragment: Fragment) => void;
};

/** More than any camera's largest picture. */
const MAXIMUM_BOX_BYTES = 16 * 1024 * 1024;

/** Reads fragmented MP4 (one picture a fragment) from a stream of bytes. */
export class FragmentReader {
  readonly #reader = new BoxReader(MAXIMUM_BOX_BYTES, (box) => this.#onBox(box));
  readonly #events: FragmentReaderEvents;
  readonly #clockMs: () => number;
  #fileType: Buffer = Buffer.alloc(0);
  #moof: Buffer | null = null;
  #defaultFlags = 0;

  /** @param clockMs monotonic time, for the arrival of fragments */
  constructor(events: FragmentReaderEvents, clockMs: () => number) {
    this.#events = events;
    this.#clockMs = clockMs;
  }

  /** @throws RangeError when the bytes are not fragmented MP4 with a video track */
  push(chunk: Buffer): void {
    this.#reader.push(chunk);
  }

  #onBox({ type, bytes }: WholeBox): void {
    switch (type) {
      case 'ftyp':
        this.#fileType = bytes;
        break;
      case 'moov': {
        const information = readStreamInformation(bytes.subarray(8));
        if (information === null) throw new RangeError('no video track in the initialisation segment');
        this.#defaultFlags = defaultSampleFlags(bytes.subarray(8));
        this.#events.onInitialisation({ bytes: Buffer.concat([this.#fileType, bytes]), information });
        break;
      }
      case 'moof':
        this.#moof = bytes;
        break;
      case 'mdat': {
        if (this.#moof === null) return;
        const header = readFragmentHeader(this.#moof.subarray(8), this.#defaultFlags);
        const whole = Buffer.concat([this.#moof, bytes]);
        this.#moof = null;
        this.#events.onFragment({ bytes: whole, ...header, arrivedAtMs: this.#clockMs() });
        break;
      }
      default: // Indexes and free space carry no pictures.
    }
  }
}
