/**
 * Loaded before everything else into each process and thread of the service under test (`node --import`): its calendar
 * clock is off by what a file says. The machine's own clock cannot be moved for one program, and must not be for all.
 */
import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 50;

const file = process.env['GLASSHALL_BENCH_CLOCK'];
const RealDate = Date;
let offsetMs = 0;

class MovedDate extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    if (given.length === 0) super(RealDate.now() + offsetMs);
    else super(...given);
  }

  static override now(): number {
    return RealDate.now() + offsetMs;
  }
}

if (file !== undefined) {
  setInterval(() => {
    offsetMs = Number(readFileSync(file, 'utf8'));
  }, LOOK_EVERY_MS).unref();
  globalThis.Date = MovedDate as DateConstructor;
}
