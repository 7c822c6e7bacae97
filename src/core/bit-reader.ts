/** Reads the bits of a raw byte sequence payload (ITU-T H.264, 7.2 and 9.1). Emulation prevention bytes are taken out. */
export class BitReader {
  readonly #bytes: Buffer;
  #bit = 0;

  /** @param unit a whole NAL unit, header byte included */
  constructor(unit: Buffer) {
    this.#bytes = withoutEmulationPrevention(unit.subarray(1));
  }

  /** u(n). @throws RangeError beyond the end */
  bits(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index += 1) {
      const byte = this.#bytes[this.#bit >> 3];
      if (byte === undefined) throw new RangeError('the parameter set ends too early');
      value = value * 2 + ((byte >> (7 - (this.#bit & 7))) & 1);
      this.#bit += 1;
    }
    return value;
  }

  /** ue(v) */
  unsigned(): number {
    let zeros = 0;
    while (this.bits(1) === 0) {
      zeros += 1;
      if (zeros > 31) throw new RangeError('an Exp-Golomb code of the parameter set is too long');
    }
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  /** se(v) */
  signed(): number {
    const code = this.unsigned();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}

function withoutEmulationPrevention(payload: Buffer): Buffer {
  const bytes: number[] = [];
  let zeros = 0;
  for (const byte of payload) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    bytes.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Buffer.from(bytes);
}
