import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.js';
import { silentLogger } from '../../../src/core/logger.js';
import { LedScreen } from '../../../src/rehearsal/led-screen/led-screen.js';
import { DdpSender, ddpPacket } from './ddp-sender.js';

const open: { close(): Promise<void> }[] = [];

async function start(widthPx: number, heightPx: number, udpPort = 0): Promise<LedScreen> {
  const screen = await LedScreen.start({ widthPx, heightPx, udpPort, log: silentLogger });
  open.push(screen);
  return screen;
}

async function sendTo(screen: LedScreen): Promise<DdpSender> {
  const sender = await DdpSender.open(screen.udpPort);
  open.push(sender);
  return sender;
}

afterEach(async () => {
  for (const closable of open.splice(0).reverse()) await closable.close();
});

describe('the simulated LED screen', () => {
  it('is black before the first picture', async () => {
    const screen = await start(8, 4);
    const lit = await screen.frame();
    expect(lit).toMatchObject({ frames: 0, latchedAtMs: null });
    expect(lit.rgb).toEqual(new Uint8Array(8 * 4 * 3));
  });

  it('shows a picture that arrived in many packets, byte for byte', async () => {
    const screen = await start(200, 60);
    const sender = await sendTo(screen);
    const picture = Uint8Array.from({ length: 200 * 60 * 3 }, (_, index) => (index * 7 + (index >> 8)) & 0xff);
    await sender.sendPicture(picture);
    await eventually(async () => expect((await screen.frame()).frames).toBe(1));
    expect((await screen.frame()).rgb).toEqual(picture);
    expect(await screen.statistics()).toMatchObject({ packets: 25, frames: 1, refused: 0, sequenceErrors: 0 });
  });

  it('does not show what was not pushed', async () => {
    const screen = await start(8, 4);
    const sender = await sendTo(screen);
    await sender.sendPacket(ddpPacket({ data: Uint8Array.of(1, 2, 3), push: true }));
    await sender.sendPacket(ddpPacket({ data: Uint8Array.of(9, 9, 9) }));
    await eventually(async () => expect((await screen.statistics()).packets).toBe(2));
    expect([...(await screen.frame()).rgb.subarray(0, 3)]).toEqual([1, 2, 3]);
    await sender.sendPacket(Buffer.from('41000b01000000000000', 'hex'));
    await eventually(async () => expect((await screen.frame()).frames).toBe(2));
    expect([...(await screen.frame()).rgb.subarray(0, 3)]).toEqual([9, 9, 9]);
  });

  it('counts what it refuses and stays as it was', async () => {
    const screen = await start(8, 4);
    const sender = await sendTo(screen);
    const data = Uint8Array.of(1, 2, 3);
    await sender.sendPacket(ddpPacket({ data, flags: 0x81 }));
    await sender.sendPacket(ddpPacket({ data, push: true, type: 0x1b }));
    await sender.sendPacket(ddpPacket({ data, push: true, id: 7 }));
    await sender.sendPacket(ddpPacket({ data, push: true, offset: 94 }));
    await sender.sendPacket(ddpPacket({ data, push: true }).subarray(0, 11));
    await sender.sendPacket(Buffer.alloc(3));
    await eventually(async () => expect((await screen.statistics()).packets).toBe(6));
    expect(await screen.statistics()).toMatchObject({
      refused: 6,
      frames: 0,
      refusedBy: { version: 1, type: 1, id: 1, range: 1, length: 1, short: 1 },
    });
  });

  it('answers a status query to the one who asked', async () => {
    const screen = await start(8, 4);
    const sender = await sendTo(screen);
    const answer = once(sender.socket, 'message');
    await sender.sendPacket(Buffer.from('420000fb000000000000', 'hex'));
    const [packet, from] = (await answer) as [Buffer, { port: number }];
    expect(from.port).toBe(screen.udpPort);
    expect(packet.subarray(0, 8).toString('hex')).toBe('450000fb00000000');
    expect(JSON.parse(packet.subarray(10).toString('utf8'))).toMatchObject({ status: { push: true } });
  });

  it('takes nothing while unplugged, and goes on at the same port afterwards', async () => {
    const screen = await start(8, 4);
    const sender = await sendTo(screen);
    await screen.unplug();
    await sender.sendPacket(ddpPacket({ data: Uint8Array.of(1, 2, 3), push: true }));
    await screen.plug();
    expect((await screen.statistics()).packets).toBe(0);
    await sender.sendPacket(ddpPacket({ data: Uint8Array.of(4, 5, 6), push: true }));
    await eventually(async () => expect((await screen.frame()).frames).toBe(1));
  });

  it('says so when its port is taken', async () => {
    const first = await start(8, 4);
    await expect(start(8, 4, first.udpPort)).rejects.toMatchObject({ code: 'screen-port-in-use' });
  });

  it('closes twice, and then says that it has ended', async () => {
    const screen = await start(8, 4);
    await Promise.all([screen.close(), screen.close()]);
    await expect(screen.statistics()).rejects.toMatchObject({ code: 'screen-ended' });
  });
});

describe('its process', () => {
  it('ends when its owner is killed', async () => {
    const script = `
      const { LedScreen } = await import(process.argv[1]);
      const log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
      await LedScreen.start({ widthPx: 8, heightPx: 4, udpPort: 0, log });
      console.log('started');`;
    const module = new URL('../../../dist/src/rehearsal/led-screen/led-screen.js', import.meta.url).href;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script, module], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(owner.stdout, 'data');
    const children = await readFile(`/proc/${owner.pid}/task/${owner.pid}/children`, 'utf8');
    const pids = children.trim().split(' ').map(Number);
    expect(pids).toHaveLength(1);
    owner.kill('SIGKILL');
    await eventually(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 10_000 });
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
