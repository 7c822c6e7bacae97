/** A duration as OBS writes it: `HH:MM:SS.mmm`. */
export function timecode(durationMs: number): string {
  const part = (value: number, digits: number): string => Math.floor(value).toString().padStart(digits, '0');
  const seconds = durationMs / 1_000;
  return `${part(seconds / 3_600, 2)}:${part((seconds / 60) % 60, 2)}:${part(seconds % 60, 2)}.${part(durationMs % 1_000, 3)}`;
}
