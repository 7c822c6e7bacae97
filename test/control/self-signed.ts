import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A certificate of its own making for 127.0.0.1, with its key, as files. Made by openssl. */
export async function makeCertificate(
  folder: string,
  name: string,
  days = 2,
): Promise<{ readonly certificate: string; readonly key: string }> {
  const [certificate, key] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
  const algorithm = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1', '-days', String(days)];
  await promisify(execFile)('openssl', [
    'req',
    '-x509',
    '-nodes',
    ...algorithm,
    ...subject,
    '-keyout',
    key,
    '-out',
    certificate,
  ]);
  return { certificate, key };
}
