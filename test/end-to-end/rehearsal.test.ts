import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { OBSWebSocket } from 'obs-websocket-js';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src/core/closing.js';
import { eventually } from '../eventually.js';
import {
  commandOf,
  descendantsOf,
  environmentOf,
  runService,
  startService,
  stillRunning,
  type ServiceProcess,
} from './service-process.js';

const FREE_PORTS = ['--port', '0', '--obs-port', '0', '--screen-port', '0'];

describe('the rehearsal hall, as npm start runs it', () => {
  let service: ServiceProcess;
  const closing = new CloseStack();
  const obs = new OBSWebSocket();

  beforeAll(async () => {
    service = await startService(FREE_PORTS);
    closing.defer(() => void service.child.kill('SIGKILL'));
    await obs.connect(service.obsUrl);
    await everyTileLive(obs);
  }, 240_000);

  afterAll(async () => {
    await obs.disconnect();
    await closing.close();
  });

  it('is alive and ready, and says so', async () => {
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
  });

  it('serves the control page and the screen without a request to another host', async () => {
    for (const path of ['/', '/screen']) {
      const page = await fetch(`${service.url}${path}`);
      expect(page.status).toBe(200);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(await page.text()).not.toMatch(/(src|href)="https?:/);
    }
  });

  it('lists the layouts to a client that we did not write, prepares one and takes it', async () => {
    const { scenes } = await obs.call('GetSceneList');
    const names = scenes.map((scene) => scene['sceneName']);
    expect(names).toEqual(expect.arrayContaining(['大厅与窗口', '四画面', '六画面', '大厅全景', '双窗口', '画中画']));
    const heard: string[] = [];
    obs.on('CurrentPreviewSceneChanged', ({ sceneName }) => heard.push(`preview ${sceneName}`));
    obs.on('CurrentProgramSceneChanged', ({ sceneName }) => heard.push(`program ${sceneName}`));
    await obs.call('SetCurrentPreviewScene', { sceneName: '六画面' });
    await obs.call('TriggerStudioModeTransition');
    expect((await obs.call('GetCurrentProgramScene')).currentProgramSceneName).toBe('六画面');
    expect((await obs.call('GetCurrentPreviewScene')).currentPreviewSceneName).toBe('大厅与窗口');
    await expect.poll(() => heard, { timeout: 5_000 }).toContain('program 六画面');
    expect(heard).toContain('preview 六画面');
  });

  it('composes six different live pictures', async () => {
    const distinct = async (): Promise<number> =>
      new Set((await cornersOfTiles(service.url)).map((tile) => tile.join())).size;
    await expect.poll(distinct, { timeout: 10_000 }).toBe(6);
    for (const tile of await cornersOfTiles(service.url)) expect(Math.max(...tile)).toBeGreaterThan(20);
  });

  it('shows no password in its output or in the list of processes', () => {
    const commands = descendantsOf(service.child.pid ?? 0)
      .map(commandOf)
      .filter((command) => command.includes('ffmpeg'));
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) expect(command).not.toMatch(/rtsp:\/\/[^ ]*@/);
    expect(service.output()).not.toMatch(/rtsp:\/\/viewer:[^•]/);
  });

  it('gives no decoder the way of the engine to take memory: each of its pictures would be paid with page faults', () => {
    const engine = engineAmong(descendantsOf(service.child.pid ?? 0));
    const setsAllocation = (pid: number): boolean => environmentOf(pid).some((entry) => entry.startsWith('MALLOC_'));
    expect(setsAllocation(engine)).toBe(true);
    const children = descendantsOf(engine).filter((pid) => commandOf(pid).includes('ffmpeg'));
    expect(children.length).toBeGreaterThan(0);
    expect(children.filter(setsAllocation)).toEqual([]);
  });

  it('loses no tick to malformed messages, oversized bodies and unknown paths', async () => {
    const { WebSocket } = await import('ws');
    const missedBefore = await missedTicks(service.url);
    for (const text of ['', '{', '[]', '{"op":99,"d":{}}', '{"op":6}', 'x'.repeat(100_000)]) {
      const socket = new WebSocket(service.obsUrl, 'obswebsocket.json');
      await once(socket, 'message');
      socket.send(text);
      const [code] = (await once(socket, 'close')) as [number];
      expect(code).toBeGreaterThanOrEqual(1_000);
    }
    const large = await fetch(`${service.url}/api/v1/counts/queue`, {
      method: 'PUT',
      body: 'x'.repeat(1_000_000),
      headers: { 'content-type': 'application/json' },
    });
    expect(large.status).toBe(413);
    expect((await fetch(`${service.url}/no/such/path`)).status).toBe(404);
    expect(await missedTicks(service.url)).toBe(missedBefore);
  });

  it('has all its pictures again after its engine was killed: its devices outlive it', async () => {
    await obs.disconnect();
    process.kill(engineAmong(descendantsOf(service.child.pid ?? 0)), 'SIGKILL');
    await eventually(() => obs.connect(service.obsUrl), { timeout: 40_000 });
    expect((await obs.call('GetCurrentProgramScene')).currentProgramSceneName).toBe('六画面');
    await everyTileLive(obs);
  }, 120_000);

  it('ends on an interrupt and leaves no process', async () => {
    const everyone = descendantsOf(service.child.pid ?? 0);
    expect(everyone.length).toBeGreaterThan(8);
    const ended = once(service.child, 'exit');
    service.child.kill('SIGINT');
    expect((await ended)[0]).toBe(0);
    expect(await stillRunning(everyone, 3_000)).toEqual([]);
  });
});

describe('the rehearsal hall, killed', () => {
  it('goes on without its guardian as long as the engine lives, and leaves no process behind then', async () => {
    const service = await startService(FREE_PORTS);
    const obs = new OBSWebSocket();
    await obs.connect(service.obsUrl);
    await everyTileLive(obs);
    const everyone = descendantsOf(service.child.pid ?? 0);
    expect(everyone.length).toBeGreaterThan(8);
    const ended = once(service.child, 'exit');
    service.child.kill('SIGKILL');
    await ended;
    const engine = engineAmong(everyone);
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
    await everyTileLive(obs);
    process.kill(engine, 'SIGKILL');
    expect(await stillRunning(everyone, 10_000)).toEqual([]);
  }, 240_000);
});

describe('a start that cannot be', () => {
  it('says in one line that a port is taken, and how to go on', async () => {
    const { createServer } = await import('node:net');
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const { status, output } = await runService(['--port', String(port), '--obs-port', '0', '--screen-port', '0']);
    taken.close();
    expect(status).toBe(1);
    expect(output).toContain(`port ${port}`);
    expect(output).toContain('--port');
    expect(output).not.toMatch(/^\s+at /m);
  }, 240_000);

  it('refuses to open control without operators to the network', async () => {
    const { status, output } = await runService([...FREE_PORTS, '--host', '0.0.0.0']);
    expect(status).toBe(1);
    expect(output).toContain('open-control');
    expect(output).not.toMatch(/^\s+at /m);
  }, 240_000);
});

function engineAmong(pids: readonly number[]): number {
  const found = pids.find((pid) => commandOf(pid).includes('engine-process.js'));
  // Not 0: that would be the whole group of processes, with the tests in it.
  if (found === undefined) throw new Error('no engine runs');
  return found;
}

async function everyTileLive(obs: OBSWebSocket): Promise<void> {
  const request = { vendorName: 'glasshall', requestType: 'GetTiles', requestData: {} };
  for (let tries = 0; ; tries += 1) {
    const { responseData } = await obs.call('CallVendorRequest', request);
    const states = (responseData['tiles'] as { state: string }[]).map((tile) => tile.state);
    if (states.length === 6 && states.every((state) => state === 'live')) return;
    if (tries === 240) throw new Error(`not every tile is live after a minute: ${states.join(', ')}`);
    await sleep(250);
  }
}

/** Mean colours of the six tiles of 3 × 2, without labels and clock. */
async function cornersOfTiles(url: string): Promise<number[][]> {
  const answer = await fetch(`${url}/api/v1/snapshot/program.png`);
  expect(answer.status).toBe(200);
  expect(Number(answer.headers.get('x-frame-tick'))).toBeGreaterThan(0);
  const picture = Buffer.from(await answer.arrayBuffer());
  return Promise.all(
    [0, 1, 2, 3, 4, 5].map(async (index) => {
      const area = { left: (index % 3) * 320 + 40, top: Math.floor(index / 3) * 246 + 60, width: 240, height: 120 };
      // `stats` looks at the input as it came, so the cut has to be an input of its own.
      const { channels } = await sharp(await sharp(picture).extract(area).toBuffer()).stats();
      return channels.map((channel) => Math.round(channel.mean));
    }),
  );
}

async function missedTicks(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^glasshall_wall_missed_ticks_total (\d+)/m.exec(text)?.[1]);
}
