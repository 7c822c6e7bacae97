import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServiceManager } from '../../src/guardian/service-manager.js';
import { eventually } from '../eventually.js';

/** A datagram socket of the kind that systemd listens on; prints every message as a line of JSON. */
const RECEIVER = `
import json, socket, sys
path = sys.argv[1]
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind('\\0' + path[1:] if path.startswith('@') else path)
print(json.dumps('bound'), flush=True)
while True:
    print(json.dumps(receiver.recv(4096).decode()), flush=True)
`;

describe('the service manager', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'glasshall-manager-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ['a socket in a folder', () => join(folder, 'notify')],
    ['an abstract socket', () => `@glasshall-test-${process.pid}`],
  ])('is told at %s', async (_name, path) => {
    const receiver = spawn('/usr/bin/python3', ['-c', RECEIVER, path()], { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(receiver, 'exit');
    const said: unknown[] = [];
    receiver.stdout.on('data', (bytes: Buffer) => {
      for (const line of bytes.toString().trim().split('\n')) said.push(JSON.parse(line));
    });
    await eventually(() => expect(said).toEqual(['bound']));
    const manager = ServiceManager.find({ NOTIFY_SOCKET: path(), WATCHDOG_USEC: '3000000' });
    expect(manager?.watchdogMs).toBe(3_000);
    manager?.tell({ READY: '1', STATUS: '运行中\nand more' });
    manager?.tell({ WATCHDOG: '1' });
    await eventually(() => expect(said).toEqual(['bound', 'READY=1\nSTATUS=运行中 and more', 'WATCHDOG=1']));
    await manager?.close();
    manager?.tell({ STOPPING: '1' });
    receiver.kill();
    await gone;
  });

  it('is not there without its socket, and not waited for when nobody reads', () => {
    expect(ServiceManager.find({})).toBeNull();
    expect(ServiceManager.find({ NOTIFY_SOCKET: 'relative' })).toBeNull();
    const manager = ServiceManager.find({
      NOTIFY_SOCKET: join(folder, 'nobody'),
      WATCHDOG_USEC: '1',
      WATCHDOG_PID: '1',
    });
    expect(manager?.watchdogMs).toBeNull();
    manager?.tell({ READY: '1' });
    return manager?.close();
  });
});
