import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { NO_CERTIFICATE, readCertificate, type Certificate } from '../../src/config/certificate.js';
import { controlOptions } from '../../src/control/options.js';
import { openHall, operators, tokens, type Hall } from './open-hall.js';
import { makeCertificate } from './self-signed.js';

let folder: string;
let hall: Hall;
let certificate: Certificate;
const control = controlOptions.parse({ operators, tls: { certificate: 'hall.crt', key: 'hall.key' } });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'glasshall-tls-'));
  certificate = await readCertificate(await makeCertificate(folder, 'hall'));
  hall = await openHall({ control, tls: certificate.context });
});
afterAll(async () => {
  await hall.close();
  await rm(folder, { recursive: true });
});

type Answer = { readonly status: number; readonly headers: Readonly<Record<string, unknown>>; readonly body: string };

/** One request over TLS, to a certificate that nobody vouches for. */
function ask(path: string, body?: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const headers = { 'content-type': 'application/json' };
    const asked = request(
      { host: '127.0.0.1', port: hall.control.port, path, method, headers, rejectUnauthorized: false },
      (response) => {
        let text = '';
        response.on('data', (data: Buffer) => (text += data.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
      },
    );
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** The name on the certificate that a port shows, or the code of the error. */
function nameAt(port: number, options: { maxVersion?: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3' } = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket: TLSSocket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

describe('TLS', () => {
  test('pages and HTTP are served over it, with HSTS, and the cookie goes over nothing else', async () => {
    const page = await ask('/');
    expect(page.status).toBe(200);
    expect(page.headers['strict-transport-security']).toMatch(/^max-age=\d{8}/);
    const session = await ask('/api/v1/session', { token: tokens.operator });
    expect(session.status).toBe(200);
    expect(String(session.headers['set-cookie'])).toMatch(/; HttpOnly; SameSite=Strict; Secure; /);
  });

  test('obs-websocket speaks it on both ports', async () => {
    for (const address of [`127.0.0.1:${hall.control.obsPort}`, `127.0.0.1:${hall.control.port}/obs`]) {
      const socket = new WebSocket(`wss://${address}`, 'obswebsocket.json', { rejectUnauthorized: false });
      const hello = await new Promise<string>((resolve, reject) => {
        socket.on('message', (data: Buffer) => resolve(data.toString()));
        socket.on('error', reject);
      });
      expect(JSON.parse(hello)).toMatchObject({ op: 0 });
      socket.terminate();
    }
  });

  test('plain HTTP gets no answer, and is counted', async () => {
    await expect(fetch(`http://127.0.0.1:${hall.control.port}/healthz`)).rejects.toThrow();
    expect((await ask('/metrics')).body).toMatch(/refused_total\{kind="http",reason="no-tls"\} [1-9]/);
  });

  test('versions before 1.2 are refused', async () => {
    for (const port of [hall.control.port, hall.control.obsPort]) {
      expect(await nameAt(port, { maxVersion: 'TLSv1.2' })).toBe('hall');
      expect(await nameAt(port, { maxVersion: 'TLSv1.1' })).not.toBe('hall');
    }
  });

  test('a renewed certificate is shown from the next connection on, and open ones go on', async () => {
    const socket = new WebSocket(`wss://127.0.0.1:${hall.control.obsPort}`, { rejectUnauthorized: false });
    await new Promise((resolve) => socket.on('message', resolve));
    const renewed = await readCertificate(await makeCertificate(folder, 'renewed'));
    hall.control.reconfigure(control, renewed.context);
    for (const port of [hall.control.port, hall.control.obsPort]) expect(await nameAt(port)).toBe('renewed');
    const pong = new Promise((resolve) => socket.on('pong', resolve));
    socket.ping();
    await pong;
    socket.terminate();
    hall.control.reconfigure(control, certificate.context);
  });

  test('without a certificate that can be used, nobody connects until there is one', async () => {
    const waiting = await openHall({ control, tls: NO_CERTIFICATE.context });
    expect(await nameAt(waiting.control.port)).not.toBe('hall');
    waiting.control.reconfigure(control, certificate.context);
    expect(await nameAt(waiting.control.port)).toBe('hall');
    await waiting.close();
  });
});
