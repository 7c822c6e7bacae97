/**
 * Asks the service on this machine whether it is alive, for containers: `node dist/src/health-check.js [PORT]`. Exit status 0: it
 * is. Whether its pages go over TLS is up to a configuration that is not known here, so both are tried; whom the certificate
 * names does not matter to somebody who asks himself.
 */
import http from 'node:http';
import https from 'node:https';
import { DEFAULT_PORT } from './state/state-directory.js';

const WITHIN_MS = 2_500;
/** An alert of TLS: there is a service, which has no certificate that it can use. Starting it anew mends nothing. */
const ALERT = /^ERR_SSL_\w*ALERT/;

/** Whether `/healthz` says yes, or the service says at least that it has no certificate. */
function isAlive(transport: typeof http | typeof https, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, path: '/healthz', timeout: WITHIN_MS, rejectUnauthorized: false };
    const asked = transport.get(options, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', ({ code = '' }: NodeJS.ErrnoException) => resolve(ALERT.test(code)));
  });
}

const port = Number(process.argv[2] ?? DEFAULT_PORT);
// Over TLS first: a service without it counts nothing against whoever tries.
process.exitCode = (await isAlive(https, port)) || (await isAlive(http, port)) ? 0 : 1;
