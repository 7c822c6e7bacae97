import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { CloseStack } from '../../src/core/closing.js';
import { projectRoot } from '../../src/core/project-root.js';
import { makeCertificate } from '../control/self-signed.js';
import { eventually } from '../eventually.js';
import { startService, type ServiceProcess } from './service-process.js';

const healthCheck = fileURLToPath(new URL('dist/src/health-check.js', projectRoot));

/** The name on the certificate that a port shows, or the code of the error. */
function nameAt(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

/** Exit status of the container's health check, against a port. */
async function healthOf(port: number): Promise<number | null> {
  const child = spawn(process.execPath, [healthCheck, String(port)], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.exitCode;
}

const portOf = (url: string): number => Number(new URL(url).port);
const CERTIFICATE = 'hall.crt';
const KEY = 'hall.key';

describe('a certificate that is renewed while the service runs', () => {
  const closing = new CloseStack();
  let folder: string;
  let service: ServiceProcess;

  const configure = (tls: boolean): Promise<void> =>
    writeFile(
      join(folder, 'hall.yaml'),
      JSON.stringify({
        wall: { name: '西墙', width: 96, height: 54 },
        cameras: [{ id: 'lobby', name: '大厅', rtsp: { main: 'rtsp://127.0.0.1:9/main' } }],
        layouts: [{ id: 'one', name: '一', areas: 'lobby' }],
        outputs: [{ id: 'screen', type: 'ddp', host: '127.0.0.1', port: 9 }],
        control: tls ? { tls: { certificate: join(folder, CERTIFICATE), key: join(folder, KEY) } } : {},
      }),
    );
  const start = async (): Promise<ServiceProcess> => {
    const files = ['--config', join(folder, 'hall.yaml'), '--state', join(folder, 'state')];
    const started = await startService(['--port', '0', '--obs-port', '0', ...files]);
    closing.defer(() => void started.child.kill('SIGKILL'));
    return started;
  };
  const names = (): Promise<string[]> => Promise.all([service.url, service.obsUrl].map(portOf).map(nameAt));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'glasshall-certificate-'));
    closing.defer(() => rm(folder, { recursive: true, force: true }));
    const first = await makeCertificate(folder, 'first');
    await copyFile(first.certificate, join(folder, CERTIFICATE));
    await copyFile(first.key, join(folder, KEY));
    await configure(true);
    service = await start();
  }, 240_000);
  afterAll(() => closing.close());

  it('is shown from the next connection on, whichever of the two files comes first, and whoever is in stays', async () => {
    expect(service.url).toMatch(/^https:/);
    expect(await names()).toEqual(['first', 'first']);
    const socket = new WebSocket(service.obsUrl, 'obswebsocket.json', { rejectUnauthorized: false });
    closing.defer(() => socket.terminate());
    await once(socket, 'message');

    const second = await makeCertificate(folder, 'second');
    await copyFile(second.certificate, join(folder, CERTIFICATE));
    // Read while the key is that of the other: nothing changes, and it is told of.
    await eventually(() => expect(service.output()).toContain('key-mismatch'));
    expect(await names()).toEqual(['first', 'first']);
    await copyFile(second.key, join(folder, KEY));
    await eventually(async () => expect(await names()).toEqual(['second', 'second']));

    const pong = once(socket, 'pong');
    socket.ping();
    await pong;
    expect(service.child.exitCode).toBeNull();
  }, 60_000);

  it('is nothing to the health check of a container, which a plain service answers as well', async () => {
    expect(await healthOf(portOf(service.url))).toBe(0);
    service.child.kill('SIGTERM');
    await once(service.child, 'exit');
    expect(await healthOf(portOf(service.url))).toBe(1);
    await configure(false);
    service = await start();
    expect(service.url).toMatch(/^http:/);
    expect(await healthOf(portOf(service.url))).toBe(0);
    const mute = createServer((socket) => socket.on('data', () => socket.end('nonsense\r\n\r\n'))).listen(
      0,
      '127.0.0.1',
    );
    closing.defer(() => void mute.close());
    await once(mute, 'listening');
    expect(await healthOf((mute.address() as AddressInfo).port)).toBe(1);
  }, 240_000);
});
