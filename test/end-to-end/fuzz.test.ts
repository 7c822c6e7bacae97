import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectAsync } from 'mqtt';
import { toBuffer } from 'osc-min';
import { afterAll, expect, test } from 'vitest';
import { startApp } from '../../src/app.js';
import { AUDIT_FOLDER } from '../../src/audit/options.js';
import { AuditReader } from '../../src/audit/reading/audit-reader.js';
import { EVERYTHING } from '../../src/audit/reading/query.js';
import { CloseStack } from '../../src/core/closing.js';
import { silentLogger } from '../../src/core/logger.js';
import { projectRoot } from '../../src/core/project-root.js';
import { RecentLog } from '../../src/core/recent-log.js';
import { Redactor } from '../../src/core/secrets.js';
import { commandNames } from '../../src/control/commands/registry.js';
import { commandTopics } from '../../src/control/mqtt/topics.js';
import { vendorRequests } from '../../src/control/vendor.js';
import { anything, encodings, polite, rude, someFields, Stranger, type Random } from '../control/fuzz-messages.js';
import { Mosquitto } from '../control/mosquitto.js';
import { oneOf, randomNumbers } from '../control/random.js';
import { RawClient, statusOf } from '../control/raw-client.js';
import { addressRows, commandRows, routeRows } from '../control/role-table.js';
import { eventually } from '../eventually.js';

/** How many messages are sent in all; `GLASSHALL_FUZZ_MESSAGES=100000` for a long look. */
const MESSAGES = Number(process.env['GLASSHALL_FUZZ_MESSAGES'] ?? 1_500);
const SEED = Number(process.env['GLASSHALL_FUZZ_SEED'] ?? 20_261_125);
const TOKEN = 'admin-token-of-the-fuzz';
/** Over each other way, for each connection of obs-websocket. */
const BESIDE = 12;

const closing = new CloseStack();
afterAll(() => closing.close());

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A hall whose cameras are off and whose screen does not answer: engine, wall and audit log are the real ones. */
const hallOf = (broker: string, oscPort: number): object => ({
  wall: { name: '西墙', width: 96, height: 48 },
  cameras: [
    { id: 'lobby', name: '前台', rtsp: { main: 'rtsp://127.0.0.1:9/main' } },
    { id: 'window-a', name: '综合窗口', rtsp: { main: 'rtsp://127.0.0.1:9/main' } },
  ],
  layouts: [
    { id: 'hall', name: '大厅', areas: 'lobby' },
    { id: 'windows', name: '窗口', areas: 'window-a lobby' },
  ],
  tours: [{ id: 'round', name: '巡览', stops: [{ layout: 'hall' }, { layout: 'windows' }] }],
  schedule: { rules: [], otherwise: 'hall' },
  counts: [{ id: 'queue', type: 'push' }],
  outputs: [{ id: 'screen', type: 'ddp', host: '127.0.0.1', port: 9 }],
  control: {
    operators: [{ name: '王', role: 'admin', token: TOKEN }],
    osc: { port: oscPort, desks: [{ name: '灯光台', host: '127.0.0.1' }] },
    mqtt: { url: broker, role: 'admin' },
  },
});

/** A request of any route, with an address and a body that are nearly right. */
function httpRequest(random: Random): { readonly path: string; readonly init: RequestInit } {
  const commands = commandNames.map((name) => [`POST /api/v1/commands/${name}`, { body: commandRows[name][0]?.[1] }]);
  const [route, { path, body }] = oneOf(random, [...Object.entries(routeRows), ...commands]) as [
    string,
    { path?: string; body?: unknown },
  ];
  const [method = 'GET', pattern = '/'] = route.split(' ');
  // Signing out would be fair; wrong tokens would lock out everybody on this machine.
  const authorization: Record<string, string> = random(5) === 0 ? {} : { authorization: `Bearer ${TOKEN}` };
  // A half of a pair of surrogates has no bytes.
  const odd = encodeURIComponent(
    JSON.stringify(anything(random))
      .slice(0, 60)
      .replace(/\p{Surrogate}/gu, ''),
  );
  const asked = random(3) === 0 ? pattern.replace(/:\w+|\*/, odd) : (path ?? pattern);
  const query = random(3) === 0 ? `${asked.includes('?') ? '&' : '?'}${odd}=${odd}` : '';
  if (method === 'GET') return { path: asked + query, init: { method, headers: authorization } };
  const isOdd = random(3) > 0 && !asked.includes('session');
  const given = isOdd ? (random(2) === 0 ? anything(random) : { ...(body as object), ...someFields(random) }) : body;
  const text = JSON.stringify(given ?? {});
  const broken = random(8) === 0 ? text.slice(0, random(text.length + 1)) : text;
  return {
    path: asked + query,
    init: { method, body: broken, headers: { ...authorization, 'content-type': 'application/json' } },
  };
}

function oscPacket(random: Random): Buffer {
  const address = random(6) === 0 ? '/wall/1/nothing' : oneOf(random, Object.keys(addressRows));
  const value = (): string | number =>
    random(2) === 0 ? oneOf(random, ['hall', 'windows', 'lobby', 'round', '']) : random(3);
  const args = random(2) === 0 ? [...(addressRows[address] ?? [])] : Array.from({ length: random(4) }, value);
  const { buffer, byteOffset, byteLength } = toBuffer({ address, args });
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  if (random(4) > 0) return bytes;
  for (let change = 0; change <= random(4); change += 1) bytes.writeUInt8(random(256), random(bytes.length));
  return bytes.subarray(0, random(bytes.length + 1));
}

function mqttPayload(random: Random): string {
  if (random(2) === 0) return oneOf(random, ['ON', 'OFF', 'hall', '窗口', 'round', '', '{', '{"command"']);
  const command = random(6) === 0 ? anything(random) : oneOf(random, commandNames);
  return JSON.stringify({
    command,
    data: random(2) === 0 ? someFields(random) : {},
    ...(random(4) === 0 ? someFields(random) : {}),
  });
}

test(
  `${MESSAGES} random and mutated messages to a real wall, by every way: it ticks on, and the audit log is whole`,
  async () => {
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', onUnhandled);
    closing.defer(() => void process.off('unhandledRejection', onUnhandled));
    const folder = await mkdtemp(join(tmpdir(), 'glasshall-fuzz-'));
    closing.defer(() => rm(folder, { recursive: true, force: true }));
    const broker = closing.add(await Mosquitto.start());
    const oscPort = await freePort();
    const configurationFile = join(folder, 'hall.yaml');
    await writeFile(configurationFile, JSON.stringify(hallOf(broker.url, oscPort)));
    const restarts: unknown[] = [];
    const faults: unknown[] = [];
    const log = { ...silentLogger, error: (...told: unknown[]) => void faults.push(told) };
    const app = closing.add(
      await startApp({
        configurationFile,
        rehearsal: null,
        host: '127.0.0.1',
        port: 0,
        obsPort: 0,
        webRoot: fileURLToPath(new URL('dist/web/', projectRoot)),
        stateDirectory: join(folder, 'state'),
        outputsHeld: false,
        heartbeatFd: null,
        isRestart: false,
        onHandover: () => undefined,
        onBrightness: () => undefined,
        onRestartNeeded: () => void restarts.push(true),
        redactor: new Redactor(),
        log: { ...log, child: () => log },
        recentLog: new RecentLog(),
      }),
    );
    app.wall.on('error', (failure) => unhandled.push(failure));
    const client = await connectAsync(broker.url);
    closing.defer(() => client.endAsync(true));
    const desk = createSocket('udp4').bind(0, '127.0.0.1');
    closing.defer(() => void desk.close());
    await once(desk, 'listening');
    const before = app.wall.statistics();

    const random = randomNumbers(SEED);
    const closes = new Map<number, number>();
    const statuses = new Map<number, number>();
    const count = (counts: Map<number, number>, key: number): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
    let sent = 0;
    let answered = 0;
    while (sent < MESSAGES) {
      const stranger = new Stranger(app.obsUrl, oneOf(random, encodings));
      if (random(8) > 0) await stranger.identify(TOKEN);
      else await stranger.next(0);
      const isRude = random(3) === 0;
      const messages = isRude ? 1 + random(4) : 100;
      for (let index = 0; index < messages; index += 1)
        stranger.send(isRude ? rude(random, stranger.encoding) : stranger.encoding.encode(polite(random, `${index}`)));
      const last = stranger.next('last');
      stranger.send(stranger.encoding.encode({ op: 6, d: { requestType: 'GetVersion', requestId: 'last' } }));
      for (let index = 0; index < BESIDE; index += 1) {
        const { path, init } = httpRequest(random);
        const answer = await fetch(app.url + path, init);
        await answer.arrayBuffer();
        count(statuses, answer.status);
        desk.send(oscPacket(random), oscPort, '127.0.0.1');
        await client.publishAsync(`glasshall/${oneOf(random, commandTopics)}`, mqttPayload(random), { qos: 1 });
      }
      sent += messages + 3 * BESIDE;
      if ((await last) === null) count(closes, await stranger.closed);
      else {
        answered += messages;
        stranger.socket.close();
        await stranger.closed;
      }
    }

    expect(unhandled).toEqual([]);
    expect(restarts).toEqual([]);
    expect(answered).toBeGreaterThan(MESSAGES / 4);
    expect([...statuses.keys()].filter((status) => status === 500 || status < 200)).toEqual([]);
    for (const status of [200, 400, 401, 404]) expect([status, statuses.get(status)]).not.toEqual([status, undefined]);
    const known = [1007, 4002, 4003, 4004, 4005, 4006, 4007, 4008, 4009, 4010, 4012];
    expect([...closes.keys()].filter((code) => !known.includes(code))).toEqual([]);
    const metrics = async (): Promise<string> => (await fetch(`${app.url}/metrics`)).text();
    await eventually(async () => expect(await metrics()).toMatch(/glasshall_control_connections\{kind="obs"\} 0/));
    expect(await metrics()).not.toMatch(/reason="failed"/);

    const wall = new RawClient(app.obsUrl);
    closing.defer(() => wall.socket.terminate());
    await wall.identify(TOKEN);
    const asked = { vendorName: 'glasshall', requestType: 'GetWall' };
    const { responseData } = await wall.request('CallVendorRequest', asked);
    const { responseData: state } = responseData as { responseData: unknown };
    expect(vendorRequests.GetWall.response.strict().safeParse(state).error).toBeUndefined();
    const scene = async (sceneName: string): Promise<void> => {
      expect(statusOf(await wall.request('SetCurrentProgramScene', { sceneName }))[0]).toBe(100);
      const { responseData: program } = await wall.request('GetCurrentProgramScene');
      expect(program).toMatchObject({ currentProgramSceneName: sceneName });
    };
    await scene('大厅');
    await scene('窗口');
    const after = app.wall.statistics();
    expect(after.ticking).toBe(true);
    expect(after.ticks).toBeGreaterThan(before.ticks);

    await app.close();
    const directory = join(folder, 'state', AUDIT_FOLDER);
    const reader = new AuditReader({ directory, settled: () => Promise.resolve() });
    const verification = await reader.verify();
    expect(verification).toMatchObject({ isSound: true });
    const page = { order: 'newest-first', cursor: null, limit: 5 } as const;
    const of = (kinds: string[]) => reader.search({ ...EVERYTHING, kinds }, page);
    expect((await of(['service'])).entries[0]).toMatchObject({ event: 'stopped' });
    for (const kind of ['command', 'login', 'logout', 'shown']) expect((await of([kind])).entries).not.toEqual([]);
    expect((await of(['lost', 'damage'])).entries).toEqual([]);
    expect(unhandled).toEqual([]);
    const missedTicks = after.missedTicks - before.missedTicks;
    const figures = { sent, answered, ticks: after.ticks - before.ticks, missedTicks, faults: faults.length };
    const codes = { closes: Object.fromEntries(closes), statuses: Object.fromEntries(statuses) };
    process.stdout.write(`${JSON.stringify({ ...figures, ...codes, verification })}\n`);
    if (faults.length > 0) process.stdout.write(`${JSON.stringify(faults.slice(0, 5))}\n`);
  },
  120_000 + MESSAGES * 20,
);
