import { GlasshallError } from '../core/errors.js';
import { advanceEm } from './advance.js';

const FULL_WIDTH_SAMPLES = ['国', '厅', '，'];
const TOLERANCE_EM = 0.01;

/**
 * Looks whether a Chinese font is really there, by painting: without one, every character becomes a box with digits in
 * it, narrower than the character, and nothing fails.
 * @throws GlasshallError `font-missing` with `package`, the Debian package that mends it
 */
export async function checkFonts(): Promise<void> {
  for (const weight of ['regular', 'bold'] as const) {
    for (const sample of FULL_WIDTH_SAMPLES) {
      const advance = await advanceEm(sample, weight).catch((cause: unknown) => {
        throw fontMissing({ cause });
      });
      if (Math.abs(advance - 1) > TOLERANCE_EM) throw fontMissing();
    }
  }
}

function fontMissing(options: ErrorOptions = {}): GlasshallError {
  return new GlasshallError(
    'font-missing',
    'no Chinese font found: install the Debian package fonts-noto-cjk (apt-get install fonts-noto-cjk)',
    { package: 'fonts-noto-cjk' },
    options,
  );
}
