import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCertificate } from '../../src/config/certificate.js';
import { makeCertificate } from '../control/self-signed.js';

let folder: string;
let files: { readonly certificate: string; readonly key: string };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'glasshall-certificate-'));
  files = await makeCertificate(folder, 'hall', 2);
});
afterAll(() => rm(folder, { recursive: true }));

describe('a certificate', () => {
  it('is read with its key and its end', async () => {
    const { expiresAtMs, context } = await readCertificate(files);
    expect(Math.round((expiresAtMs - Date.now()) / 86_400_000)).toBe(2);
    expect(context.minVersion).toBe('TLSv1.2');
  });

  it('is refused with file and mend when it cannot be used', async () => {
    const other = await makeCertificate(folder, 'other');
    const text = join(folder, 'text.pem');
    await writeFile(text, 'neither nor');
    for (const [given, code] of [
      [{ ...files, certificate: join(folder, 'none.crt') }, 'no-certificate-file'],
      [{ ...files, key: join(folder, 'none.key') }, 'no-key-file'],
      [{ ...files, certificate: text }, 'bad-certificate'],
      [{ ...files, key: text }, 'bad-key'],
      [{ ...files, key: other.key }, 'key-mismatch'],
    ] as const) {
      const file = code.includes('key') ? given.key : given.certificate;
      await expect(readCertificate(given)).rejects.toMatchObject({ code, parameters: { file } });
      await expect(readCertificate(given)).rejects.toThrow(/ — /);
    }
  });
});
