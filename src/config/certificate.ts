import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { GlasshallError, messageOf } from '../core/errors.js';

/** Where certificate and key are. */
export type CertificateFiles = { readonly certificate: string; readonly key: string };

/** A certificate with its key, ready for a server. */
export type Certificate = {
  readonly context: SecureContextOptions;
  /** When it ends, epoch milliseconds. Browsers refuse it from then on. */
  readonly expiresAtMs: number;
};

/** TLS 1.0 and 1.1 are not to be used any more (RFC 8996). */
const MINIMUM_VERSION = 'TLSv1.2';

/** What a server has that cannot have its certificate: nobody can speak with it until there is one. */
export const NO_CERTIFICATE: Certificate = { context: { minVersion: MINIMUM_VERSION }, expiresAtMs: 0 };

/**
 * Reads a certificate and its key, and checks that they can be used together.
 * @throws GlasshallError `no-certificate-file`, `no-key-file`, `bad-certificate`, `bad-key`, `key-mismatch`
 */
export async function readCertificate(files: CertificateFiles): Promise<Certificate> {
  const cert = await read(files.certificate, 'no-certificate-file', 'certificate');
  const key = await read(files.key, 'no-key-file', 'key');
  const certificate = parse(() => new X509Certificate(cert), 'bad-certificate', files.certificate, {
    what: 'is no certificate',
    mend: 'give a file in PEM, with the certificate first and then those that lead to it',
  });
  const privateKey: KeyObject = parse(() => createPrivateKey(key), 'bad-key', files.key, {
    what: 'is no private key that can be read',
    mend: 'give a file in PEM without a passphrase',
  });
  if (!certificate.checkPrivateKey(privateKey)) {
    const words = `${files.key} is not the key of ${files.certificate} — give the two that were made together`;
    throw new GlasshallError('key-mismatch', words, { file: files.key });
  }
  const context: SecureContextOptions = { cert, key, minVersion: MINIMUM_VERSION };
  parse(() => createSecureContext(context), 'bad-certificate', files.certificate, {
    what: 'cannot be used',
    mend: 'give a certificate for servers, in PEM',
  });
  return { context, expiresAtMs: Date.parse(certificate.validTo) };
}

async function read(file: string, code: string, option: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (failure) {
    const mend = `check control.tls.${option}, and that the user that runs glasshall may read the file`;
    throw new GlasshallError(code, `${file} cannot be read (${messageOf(failure)}) — ${mend}`, { file });
  }
}

function parse<T>(make: () => T, code: string, file: string, words: { what: string; mend: string }): T {
  try {
    return make();
  } catch (failure) {
    throw new GlasshallError(code, `${file} ${words.what} (${messageOf(failure)}) — ${words.mend}`, { file });
  }
}
