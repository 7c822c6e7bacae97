/**
 * Registers of NovaStar receiving cards, and the one of the sending card that is read here ("RS232 Protocol M3").
 * 0x01000011, which saves what was set for the next power-up, is never written: its memory wears out.
 */
export const REGISTERS = {
  /** 0 to 255, all colours together. The four after it are those of each colour: the white balance, and not ours. */
  brightness: 0x02000001,
  /** 0xFF black, 0 not. */
  black: 0x02000100,
  /** 0 and 1 off, from 2 on a test picture. */
  selfTest: 0x02000101,
  /** 0xFF frozen, 0 not. */
  freeze: 0x02000102,
  /** Temperature and voltage, see `cardStatus`. */
  status: 0x0a000000,
  /** Of the sending card: whether its DVI input has a signal, 0 not. */
  dviSignal: 0x02000017,
} as const;

/** Bytes of the status register. */
export const STATUS_BYTES = 0x100;
export const ON = 0xff;
export const OFF = 0;
const FULL_BRIGHTNESS = 255;

/** What one receiving card says. A field is null where it does not tell. */
export type CardReading = {
  readonly black: boolean;
  readonly freeze: boolean;
  readonly testPicture: boolean;
  readonly brightnessPercent: number;
  readonly temperatureCelsius: number | null;
  readonly voltageVolts: number | null;
};

/**
 * Temperature and voltage out of the status register: byte 0 bit 7 temperature valid, bit 0 below zero; byte 1 half degrees;
 * byte 3 bit 7 voltage valid, the rest tenths of a volt.
 */
export function cardStatus(data: Uint8Array): Pick<CardReading, 'temperatureCelsius' | 'voltageVolts'> {
  const [flags = 0, halfDegrees = 0, , volts = 0] = data;
  const sign = (flags & 1) === 0 ? 1 : -1;
  return {
    temperatureCelsius: (flags & 0x80) === 0 ? null : (sign * halfDegrees) / 2,
    voltageVolts: (volts & 0x80) === 0 ? null : (volts & 0x7f) / 10,
  };
}

/** A register's value for a brightness from 0 to 100. Anything above 0 stays visible. */
export function brightnessValue(percent: number): number {
  if (percent <= 0) return 0;
  return Math.min(FULL_BRIGHTNESS, Math.max(1, Math.round((percent / 100) * FULL_BRIGHTNESS)));
}

/** 0 to 100. */
export function brightnessPercentOf(value: number): number {
  return (value / FULL_BRIGHTNESS) * 100;
}

/** Whether a self-test register means a test picture. */
export function isTestPicture(value: number): boolean {
  return value > 1;
}
