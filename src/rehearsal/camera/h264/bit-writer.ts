/** Writes the bits of a raw byte sequence payload (ITU-T H.264, 7.2 and 9.1). */
export class BitWriter {
  readonly #bits: number[] = [];

  /** u(n) */
  bits(value: number, count: number): this {
    for (let index = count - 1; index >= 0; index -= 1) this.#bits.push(Math.floor(value / 2 ** index) % 2);
    return this;
  }

  /** ue(v) */
  unsigned(value: number): this {
    const length = Math.floor(Math.log2(value + 1));
    return this.bits(0, length).bits(value + 1, length + 1);
  }

  /** The NAL unit with the given header byte: trailing bits and emulation prevention bytes are added (7.3.1, 7.3.2.11). */
  unit(header: number): Buffer {
    const bits = [...this.#bits, 1];
    while (bits.length % 8 !== 0) bits.push(0);
    const bytes: number[] = [header];
    let zeros = 0;
    for (let index = 0; index < bits.length; index += 8) {
      const byte = bits.slice(index, index + 8).reduce((sum, bit) => sum * 2 + bit, 0);
      if (zeros >= 2 && byte <= 3) {
        bytes.push(3);
        zeros = 0;
      }
      bytes.push(byte);
      zeros = byte === 0 ? zeros + 1 : 0;
    }
    return Buffer.from(bytes);
  }
}
