import type { ControllerReading, WantedOfController } from './controller-driver.js';

/** What a difference is about: a stable code. */
export type AlarmCode =
  'black' | 'freeze' | 'test-picture' | 'brightness' | 'input' | 'cabinets' | 'link' | 'temperature' | 'voltage';

/** What we want (or the limit that holds), and what is reported instead. */
export type Difference = {
  readonly code: AlarmCode;
  readonly wanted: boolean | number;
  readonly reported: boolean | number;
};

/** What a controller must not go beyond, whatever is wanted of it. */
export type ControllerLimits = {
  readonly maximumCelsius: number;
  /** Null: any is good. */
  readonly minimumVolts: number | null;
};

/** Controllers round: to 255ths, some of them. */
const BRIGHTNESS_TOLERANCE_PERCENT = 0.5;
/** A temperature flickers by a degree: what was too hot is so until it has cooled by so much. */
const COOLING_CELSIUS = 2;
const RECOVERING_VOLTS = 0.1;

/** Differences that sending the wanted state again may mend. */
const REPAIRABLE: ReadonlySet<AlarmCode> = new Set(['black', 'freeze', 'test-picture', 'brightness']);

/** Whether sending again may help. */
export function isRepairable(code: AlarmCode): boolean {
  return REPAIRABLE.has(code);
}

/**
 * Everything in which a reading differs from what is wanted. What the controller cannot tell differs from nothing.
 * @param standing the codes that differed before: limits have to be undercut clearly before they are kept again
 */
export function differencesOf(
  reading: ControllerReading,
  wanted: WantedOfController,
  limits: ControllerLimits,
  standing: ReadonlySet<AlarmCode> = new Set(),
): Difference[] {
  return [
    ...pictureDifferences(reading, wanted),
    ...brightnessDifference(reading, wanted),
    ...must('input', true, reading.input?.hasSignal ?? null),
    ...must('link', true, reading.link),
    ...cabinetDifference(reading),
    ...temperatureDifference(reading, limits, standing.has('temperature')),
    ...voltageDifference(reading, limits, standing.has('voltage')),
  ];
}

function pictureDifferences(reading: ControllerReading, { picture }: WantedOfController): Difference[] {
  // Behind black nobody sees what else there is.
  if (picture === 'black') return must('black', true, reading.black);
  return [
    ...must('black', false, reading.black),
    ...must('freeze', picture === 'freeze', reading.freeze),
    ...must('test-picture', false, reading.testPicture),
  ];
}

function must(code: AlarmCode, wanted: boolean, reported: boolean | null): Difference[] {
  return reported === null || reported === wanted ? [] : [{ code, wanted, reported }];
}

function brightnessDifference(
  { brightnessPercent: reported }: ControllerReading,
  { brightnessPercent: wanted }: WantedOfController,
): Difference[] {
  if (wanted === null || reported === null) return [];
  if (Math.abs(wanted - reported) <= BRIGHTNESS_TOLERANCE_PERCENT) return [];
  return [{ code: 'brightness', wanted, reported: Math.round(reported * 10) / 10 }];
}

function cabinetDifference({ cabinets }: ControllerReading): Difference[] {
  if (cabinets === null || cabinets.ok >= cabinets.total) return [];
  return [{ code: 'cabinets', wanted: cabinets.total, reported: cabinets.ok }];
}

function temperatureDifference(
  { temperatureCelsius: reported }: ControllerReading,
  { maximumCelsius }: ControllerLimits,
  isStanding: boolean,
): Difference[] {
  const limit = isStanding ? maximumCelsius - COOLING_CELSIUS : maximumCelsius;
  return reported === null || reported <= limit ? [] : [{ code: 'temperature', wanted: maximumCelsius, reported }];
}

function voltageDifference(
  { voltageVolts: reported }: ControllerReading,
  { minimumVolts }: ControllerLimits,
  isStanding: boolean,
): Difference[] {
  if (reported === null || minimumVolts === null) return [];
  const limit = isStanding ? minimumVolts + RECOVERING_VOLTS : minimumVolts;
  return reported >= limit ? [] : [{ code: 'voltage', wanted: minimumVolts, reported }];
}
