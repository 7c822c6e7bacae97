import type { Size } from '../../core/geometry.js';

/** Header of a DDP packet without a time code (DDP, "Packet layout"). */
const HEADER_BYTES = 10;
const TIME_CODE_BYTES = 4;
/** What fits one Ethernet frame: an LED controller does not put IP fragments together again. */
const MAXIMUM_DATAGRAM_BYTES = 1_472;

const VERSION_MASK = 0xc0;
const VERSION_1 = 0x40;
const FLAG_TIME_CODE = 0x10;
const FLAG_STORAGE = 0x08;
const FLAG_REPLY = 0x04;
const FLAG_QUERY = 0x02;
const FLAG_PUSH = 0x01;

const ID_DISPLAY = 1;
const ID_CONFIG = 250;
const ID_STATUS = 251;
const ID_ALL = 255;

/** RGB with 8 bits an element; 0x00 (undefined) and 0x01 (the specification's own sample) mean the same in the field. */
const RGB_TYPES: ReadonlySet<number> = new Set([0x0b, 0x00, 0x01]);

/** Why a packet was not taken. */
export const REFUSAL_REASONS = ['short', 'version', 'reply', 'storage', 'id', 'type', 'length', 'range'] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** Counters since the start. They only rise. */
export type DdpStatistics = {
  /** Datagrams that arrived, of whatever kind. */
  readonly packets: number;
  /** Pictures that were latched by a push. */
  readonly frames: number;
  readonly queries: number;
  /** Packets sent twice in a row on purpose; the second one is passed over. */
  readonly duplicates: number;
  /** Packets whose sequence number did not follow its predecessor's. Their data is used all the same. */
  readonly sequenceErrors: number;
  /** Packets missing by sequence number: at least so many were lost (numbers wrap after 15). */
  readonly lostPackets: number;
  /** Packets that were not taken, and why. */
  readonly refused: number;
  readonly refusedBy: Readonly<Record<RefusalReason, number>>;
};

/** What a device says of itself in the answer to a status query. */
export type DdpIdentity = {
  readonly manufacturer: string;
  readonly model: string;
  readonly version: string;
  readonly mac: string;
  readonly name: string;
};

/**
 * The inside of a DDP display (Distributed Display Protocol, 3waylabs): checks packets, writes their data into the
 * frame buffer and latches it on push. Pure: bytes in, bytes out; no socket.
 */
export class DdpReceiver {
  /** RGB, 8 bits each, row by row. Never cleared: what is not sent again stays. Shown only when pushed. */
  readonly frameBuffer: Uint8Array;
  readonly #size: Size;
  readonly #identity: DdpIdentity;
  readonly #onPush: (frameBuffer: Uint8Array) => void;
  readonly #refusedBy = Object.fromEntries(REFUSAL_REASONS.map((reason) => [reason, 0])) as Record<
    RefusalReason,
    number
  >;
  #packets = 0;
  #frames = 0;
  #queries = 0;
  #duplicates = 0;
  #sequenceErrors = 0;
  #lostPackets = 0;
  #lastSequence = 0;
  #lastOffset = -1;
  #lastFlags = 0;

  /** @param onPush called with the frame buffer whenever a push latches it; must copy what it wants to keep */
  constructor(size: Size, identity: DdpIdentity, onPush: (frameBuffer: Uint8Array) => void) {
    this.#size = size;
    this.#identity = identity;
    this.#onPush = onPush;
    this.frameBuffer = new Uint8Array(size.widthPx * size.heightPx * 3);
  }

  /**
   * Takes one datagram.
   * @returns the answer to send to the asker, or null when none is due
   */
  receive(packet: Uint8Array): Uint8Array | null {
    this.#packets += 1;
    const flags = packet[0] ?? 0;
    if (packet.byteLength < HEADER_BYTES) return this.#refuse('short');
    if ((flags & VERSION_MASK) !== VERSION_1) return this.#refuse('version');
    if ((flags & FLAG_REPLY) !== 0) return this.#refuse('reply');
    const id = packet[3] ?? 0;
    if ((flags & FLAG_QUERY) !== 0) return this.#answer(id);
    if ((flags & FLAG_STORAGE) !== 0) return this.#refuse('storage');
    if (id !== ID_DISPLAY && id !== ID_ALL) return this.#refuse('id');
    const offset = unsigned32(packet, 4);
    if (this.#isDuplicate((packet[1] ?? 0) & 0x0f, offset, flags)) return null;
    return this.#take(packet, flags, offset);
  }

  statistics(): DdpStatistics {
    let refused = 0;
    for (const reason of REFUSAL_REASONS) refused += this.#refusedBy[reason];
    return {
      packets: this.#packets,
      frames: this.#frames,
      queries: this.#queries,
      duplicates: this.#duplicates,
      sequenceErrors: this.#sequenceErrors,
      lostPackets: this.#lostPackets,
      refused,
      refusedBy: { ...this.#refusedBy },
    };
  }

  #take(packet: Uint8Array, flags: number, offset: number): null {
    const length = ((packet[8] ?? 0) << 8) | (packet[9] ?? 0);
    const start = (flags & FLAG_TIME_CODE) === 0 ? HEADER_BYTES : HEADER_BYTES + TIME_CODE_BYTES;
    if (packet.byteLength > MAXIMUM_DATAGRAM_BYTES || packet.byteLength - start !== length)
      return this.#refuse('length');
    if (length > 0) {
      if (!RGB_TYPES.has(packet[2] ?? 0)) return this.#refuse('type');
      if (offset + length > this.frameBuffer.byteLength) return this.#refuse('range');
      this.frameBuffer.set(packet.subarray(start), offset);
    }
    if ((flags & FLAG_PUSH) !== 0) {
      this.#frames += 1;
      this.#onPush(this.frameBuffer);
    }
    return null;
  }

  /** Sequence 1 to 15, one more with every packet, 1 after 15; 0 means that the sender does not number. */
  #isDuplicate(sequence: number, offset: number, flags: number): boolean {
    const last = this.#lastSequence;
    if (sequence !== 0 && last !== 0) {
      if (sequence === last && offset === this.#lastOffset && flags === this.#lastFlags) {
        this.#duplicates += 1;
        return true;
      }
      const missing = (sequence - last - 1 + 15) % 15;
      if (missing !== 0) {
        this.#sequenceErrors += 1;
        this.#lostPackets += missing;
      }
    }
    this.#lastSequence = sequence;
    this.#lastOffset = offset;
    this.#lastFlags = flags;
    return false;
  }

  #refuse(reason: RefusalReason): null {
    this.#refusedBy[reason] += 1;
    return null;
  }

  #answer(id: number): Uint8Array | null {
    const text = this.#answerText(id);
    if (text === null) return this.#refuse('id');
    this.#queries += 1;
    const body = new TextEncoder().encode(text);
    const reply = new Uint8Array(HEADER_BYTES + body.byteLength);
    reply[0] = VERSION_1 | FLAG_REPLY | FLAG_PUSH;
    reply[3] = id;
    reply[8] = body.byteLength >> 8;
    reply[9] = body.byteLength & 0xff;
    reply.set(body, HEADER_BYTES);
    return reply;
  }

  #answerText(id: number): string | null {
    const { manufacturer, model, version, mac, name } = this.#identity;
    if (id === ID_STATUS || id === ID_ALL) {
      return JSON.stringify({ status: { man: manufacturer, mod: model, ver: version, mac, push: true, ntp: false } });
    }
    if (id === ID_CONFIG) {
      const pixels = this.#size.widthPx * this.#size.heightPx;
      return JSON.stringify({ config: { ip: '127.0.0.1', nm: name, ports: [{ port: 0, ts: 3, l: pixels, ss: 0 }] } });
    }
    // A display whose pixels cannot be read back answers with no data at all.
    return id === ID_DISPLAY ? '' : null;
  }
}

function unsigned32(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0
  );
}
