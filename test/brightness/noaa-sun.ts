/**
 * NOAA's solar calculator, written out: gml.noaa.gov/grad/solcalc/calcdetails.html and its spreadsheet
 * NOAA_Solar_Calculations_day.xls, after Jean Meeus, Astronomical Algorithms. Its columns have the names below. Evaluated
 * again at the time that was found, as the page itself does.
 */
const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const degrees = (angle: number): number => (angle * 180) / Math.PI;
const sin = (angle: number): number => Math.sin(radians(angle));
const cos = (angle: number): number => Math.cos(radians(angle));
const tan = (angle: number): number => Math.tan(radians(angle));

/** Declination, degrees, and equation of time, minutes, at a moment. */
function sunAt(epochMs: number): { readonly declination: number; readonly equationOfTime: number } {
  const julianDay = epochMs / 86_400_000 + 2_440_587.5;
  const t = (julianDay - 2_451_545) / 36_525;
  const meanLongitude = (280.46646 + t * (36_000.76983 + t * 0.0003032)) % 360;
  const meanAnomaly = 357.52911 + t * (35_999.05029 - 0.0001537 * t);
  const eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t);
  const equationOfCentre =
    sin(meanAnomaly) * (1.914602 - t * (0.004817 + 0.000014 * t)) +
    sin(2 * meanAnomaly) * (0.019993 - 0.000101 * t) +
    sin(3 * meanAnomaly) * 0.000289;
  const node = 125.04 - 1_934.136 * t;
  const apparentLongitude = meanLongitude + equationOfCentre - 0.00569 - 0.00478 * sin(node);
  const meanObliquity = 23 + (26 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60) / 60;
  const obliquity = meanObliquity + 0.00256 * cos(node);
  const declination = degrees(Math.asin(sin(obliquity) * sin(apparentLongitude)));
  const y = tan(obliquity / 2) ** 2;
  const equationOfTime =
    4 *
    degrees(
      y * sin(2 * meanLongitude) -
        2 * eccentricity * sin(meanAnomaly) +
        4 * eccentricity * y * sin(meanAnomaly) * cos(2 * meanLongitude) -
        0.5 * y * y * sin(4 * meanLongitude) -
        1.25 * eccentricity * eccentricity * sin(2 * meanAnomaly),
    );
  return { declination, equationOfTime };
}

/**
 * When the sun's centre passes a height, epoch milliseconds; null on a day on which it does not.
 * @param dayMs midnight UTC of the day @param height degrees: −0.833 for sunrise and sunset, −6 for civil twilight
 */
export function noaaPassage(
  dayMs: number,
  { latitude, longitude }: { readonly latitude: number; readonly longitude: number },
  height: number,
  side: 'rising' | 'setting',
): number | null {
  let momentMs = dayMs + (720 - 4 * longitude) * 60_000;
  for (let round = 0; round < 4; round += 1) {
    const { declination, equationOfTime } = sunAt(momentMs);
    const cosine = sin(height) / (cos(latitude) * cos(declination)) - tan(latitude) * tan(declination);
    if (Math.abs(cosine) > 1) return null;
    const hourAngle = degrees(Math.acos(cosine)) * (side === 'rising' ? 1 : -1);
    momentMs = dayMs + (720 - 4 * (longitude + hourAngle) - equationOfTime) * 60_000;
  }
  return momentMs;
}
