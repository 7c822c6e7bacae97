import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src/core/closing.js';
import { glasshall } from '../cli/command-line.js';
import { RawClient } from '../control/raw-client.js';
import { eventually } from '../eventually.js';
import { startService, type ServiceProcess } from './service-process.js';

/** A hall whose camera is off and whose screen does not answer: people come in all the same. */
const HALL = `
wall: { name: 西墙, width: 96, height: 54 }
cameras: [{ id: lobby, name: 大厅, rtsp: { main: "rtsp://127.0.0.1:9/main" } }]
layouts: [{ id: one, name: 一, areas: lobby }]
outputs: [{ id: screen, type: ddp, host: 127.0.0.1, port: 9 }]
`;

describe('people, while the service runs', () => {
  const closing = new CloseStack();
  let folder: string;
  let service: ServiceProcess;

  const start = async (): Promise<ServiceProcess> => {
    const ports = ['--port', '0', '--obs-port', '0'];
    const started = await startService([...ports, '--config', join(folder, 'hall.yaml'), '--state', folder]);
    closing.defer(() => void started.child.kill('SIGKILL'));
    return started;
  };
  const operator = async (...args: readonly string[]): Promise<string> => {
    const { output, status } = await glasshall(['operator', ...args, '--state', folder]);
    expect(status).toBe(0);
    return /^gh_[0-9a-f]{64}$/m.exec(output)?.[0] ?? '';
  };
  const statusWith = (token: string): Promise<number> =>
    fetch(`${service.url}/api/v1/snapshot/program.png`, { headers: { authorization: `Bearer ${token}` } }).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.status;
      },
    );
  const connect = async (token: string): Promise<RawClient> => {
    const client = new RawClient(service.obsUrl);
    closing.defer(() => client.socket.terminate());
    await client.identify(token);
    return client;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'glasshall-people-'));
    closing.defer(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, 'hall.yaml'), HALL);
    service = await start();
  }, 240_000);
  afterAll(() => closing.close());

  it('are let in and sent away by the command, without a restart, and across one', async () => {
    expect(await statusWith('nobody')).toBe(200);
    const li = await operator('add', '李');
    await eventually(async () => expect(await statusWith('nobody')).toBe(401));
    expect(await statusWith(li)).toBe(200);
    const wang = await operator('add', '王', '--role', 'guard');
    await eventually(async () => expect(await statusWith(wang)).toBe(200));
    const [leaving, staying] = [await connect(wang), await connect(li)];
    await operator('revoke', '王');
    expect((await leaving.closed).code).toBe(4011);
    expect(await staying.request('GetVersion')).toMatchObject({ requestStatus: { code: 100 } });
    expect(await statusWith(wang)).toBe(401);
    expect(service.output()).not.toContain(li);

    const ended = once(service.child, 'exit');
    service.child.kill('SIGINT');
    await ended;
    service = await start();
    expect(await statusWith(li)).toBe(200);
    expect(await statusWith(wang)).toBe(401);
    expect(await statusWith('nobody')).toBe(401);
  }, 240_000);
});
