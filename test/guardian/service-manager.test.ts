import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src/core/closing.js';
import { ServiceManager } from '../../src/guardian/service-manager.js';
import { stillRunning } from '../end-to-end/service-process.js';
import { eventually } from '../eventually.js';
import { ServiceManagerDouble } from './service-manager-double.js';
import { WatchedService } from './watched-service.js';

describe('the service manager', () => {
  let folder: string;
  let closing: CloseStack;

  beforeEach(async () => {
    closing = new CloseStack();
    folder = await mkdtemp(join(tmpdir(), 'glasshall-manager-'));
    closing.defer(() => rm(folder, { recursive: true, force: true }));
  });

  afterEach(() => closing.close());

  it.each([
    ['a socket in a folder', () => join(folder, 'notify')],
    ['an abstract socket', () => `@glasshall-test-${process.pid}`],
  ])('is told at %s', async (_name, path) => {
    const { said } = closing.add(await ServiceManagerDouble.listen(path()));
    const manager = ServiceManager.find({ NOTIFY_SOCKET: path(), WATCHDOG_USEC: '3000000' });
    expect(manager?.watchdogMs).toBe(3_000);
    manager?.tell({ READY: '1', STATUS: '运行中\nand more' });
    manager?.tell({ WATCHDOG: '1' });
    await eventually(() => expect(said).toEqual(['READY=1\nSTATUS=运行中 and more', 'WATCHDOG=1']));
    await manager?.close();
    manager?.tell({ STOPPING: '1' });
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

  it('hears how the service is: from the guardian, and from the engine when that is gone', async () => {
    const path = join(folder, 'notify');
    const { said } = closing.add(await ServiceManagerDouble.listen(path));
    const service = closing.add(await WatchedService.start({ NOTIFY_SOCKET: path, WATCHDOG_USEC: '600000' }));
    await eventually(() => expect(said).toContain('WATCHDOG=1'));
    expect(said).toContain(`READY=1\nSTATUS=${service.url}`);
    const ended = once(service.process, 'exit');
    service.process.kill('SIGKILL');
    await ended;
    await eventually(() => expect(said.join('\n')).toContain(`MAINPID=${service.enginePid}`));
    const before = said.length;
    await eventually(() => expect(said.slice(before)).toContain('WATCHDOG=1'));
    process.kill(service.enginePid, 'SIGTERM');
    expect(await stillRunning([service.enginePid], 10_000)).toEqual([]);
    await eventually(() => expect(said).toContain('STOPPING=1'));
  }, 60_000);
});
