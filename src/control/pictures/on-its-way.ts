/** So many bytes may be on their way to a client, beyond what it was given to begin with … */
const MAXIMUM_BYTES = 1_048_576;
/** … and none of them longer than this, so that a thin line does not carry old pictures. */
const MAXIMUM_AGE_MS = 1_500;
/** A client that was too slow is trusted again when it has received nearly everything. */
const RESUME_BYTES = 65_536;

type Sent = { readonly sequence: number; readonly bytes: number; readonly atMs: number };

/** What was sent to a client and not yet received by it: the client's own word, because what the system buffers is not seen here. */
export class OnItsWay {
  #sent: Sent[] = [];
  #bytes = 0;
  #isBeginning = true;

  /** Begins anew: what is sent until the client has received it all once may take its time. */
  reset(): void {
    this.#sent = [];
    this.#bytes = 0;
    this.#isBeginning = true;
  }

  add(sequence: number, bytes: number, nowMs: number): void {
    this.#sent.push({ sequence, bytes, atMs: nowMs });
    this.#bytes += bytes;
  }

  /** The client has received this message, and with it all earlier ones. */
  received(sequence: number): void {
    let count = 0;
    for (const sent of this.#sent) {
      if (sent.sequence > sequence) break;
      this.#bytes -= sent.bytes;
      count += 1;
    }
    this.#sent.splice(0, count);
    if (this.#bytes <= RESUME_BYTES) this.#isBeginning = false;
  }

  /** Whether another picture would only make it later. */
  isTooMuch(nowMs: number): boolean {
    if (this.#isBeginning) return this.#bytes > MAXIMUM_BEGINNING_BYTES;
    const oldest = this.#sent[0];
    return this.#bytes > MAXIMUM_BYTES || (oldest !== undefined && nowMs - oldest.atMs > MAXIMUM_AGE_MS);
  }

  /** Whether nearly everything has been received. */
  get isNearlyNothing(): boolean {
    return this.#bytes <= RESUME_BYTES;
  }
}

/** What a client is given to begin with: a few seconds of any camera. Streams that keep more begin at their next key picture. */
export const MAXIMUM_BEGINNING_BYTES = 4_194_304;
