import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src/core/closing.js';
import { silentLogger } from '../../src/core/logger.js';
import { projectRoot } from '../../src/core/project-root.js';
import { CameraHall, type HallCamera } from '../../src/rehearsal/camera/camera-hall.js';
import { SimulatedNovastar } from '../../src/rehearsal/controller/simulated-novastar.js';
import { LedScreen } from '../../src/rehearsal/led-screen/led-screen.js';
import { glasshall } from './command-line.js';

const PASSWORD = 'p@ss w:/rd#1%&';
const environment = { HALL_PASSWORD: PASSWORD };

const closing = new CloseStack();
let folder: string;
let camera: HallCamera;
let screen: LedScreen;
let controller: SimulatedNovastar;
let queuePort: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'glasshall-check-'));
  closing.defer(() => rm(folder, { recursive: true }));
  const hall = closing.add(
    await CameraHall.start({
      cameras: [{ id: 'lobby', name: '大厅', clip: 'test-card', password: PASSWORD }],
      cacheDirectory: fileURLToPath(new URL('.cache/rehearsal/', projectRoot)),
      discovery: false,
      log: silentLogger,
    }),
  );
  const [first] = hall.cameras;
  if (first === undefined) throw new Error('the hall has no camera');
  camera = first;
  screen = closing.add(await LedScreen.start({ widthPx: 96, heightPx: 54, udpPort: 0, log: silentLogger }));
  controller = closing.add(await SimulatedNovastar.start({ cards: 1 }));
  const queue = createServer((_, response) => response.end('{"ticketsToServe": 12}'));
  queuePort = await listen(queue);
  closing.defer(() => void queue.close());
}, 120_000);

afterAll(() => closing.close());

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A TCP port on which nobody listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}

/** A UDP port that takes everything and answers nothing, as many controllers do. */
async function silentPort(): Promise<number> {
  const socket = createSocket('udp4');
  closing.defer(() => {
    socket.close();
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket.address().port;
}

async function write(cameras: string, counts: string, outputs: string): Promise<string> {
  const file = join(folder, 'hall.yaml');
  const head = 'wall: { name: 西墙, width: 96, height: 54 }\nlayouts: [{ id: one, name: 一, areas: lobby }]\n';
  await writeFile(file, `${head}cameras:\n${cameras}\ncounts:\n${counts}\noutputs:\n${outputs}\n`);
  return file;
}

const lineOf = (output: string, id: string): string =>
  output.split('\n').find((line) => line.includes(`  ${id} `)) ?? '';

describe('check', () => {
  it('reaches camera, counts and output, and ends with 0 when all is well', async () => {
    const file = await write(
      `  - { id: lobby, name: 大厅, onvif: { address: "${camera.onvifAddress}", username: viewer, password: "\${HALL_PASSWORD}" } }`,
      `  - { id: queue, type: http, url: "http://127.0.0.1:${queuePort}/", fields: { waiting: $.ticketsToServe } }\n` +
        '  - { id: cases, type: push }',
      `  - { id: screen, type: ddp, host: 127.0.0.1, port: ${screen.udpPort} }\n` +
        `  - { id: silent, type: ddp, host: 127.0.0.1, port: ${await silentPort()} }\n` +
        `controllers:\n  - { id: cards, type: novastar, host: 127.0.0.1, port: ${controller.port}, outputs: [screen] }`,
    );
    const ended = await glasshall(['check', file], environment);
    expect(lineOf(ended.output, 'lobby')).toMatch(/ ok .*640×360/);
    expect(lineOf(ended.output, 'queue')).toMatch(/ ok .*waiting 12/);
    expect(lineOf(ended.output, 'cases')).toContain('PUT /api/v1/counts/cases');
    expect(lineOf(ended.output, 'screen')).toMatch(/ ok /);
    expect(lineOf(ended.output, 'silent')).toMatch(/ \? .*neither answers nor refuses/);
    expect(lineOf(ended.output, 'cards')).toMatch(/ ok .*not black, brightness 100 %, 1 of 1 cabinets/);
    expect(lineOf(ended.output, 'coverage')).toMatch(/ note .*screen and silent show the same pixels$/);
    expect(ended.output).toContain('6 checked, 0 wrong, 2 cannot be told');
    expect(ended).toMatchObject({ status: 0, errors: '' });
  });

  it('says of each device what is wrong and how to mend it, and ends with 1', async () => {
    const file = await write(
      `  - { id: lobby, name: 大厅, onvif: { address: "${camera.onvifAddress}", username: viewer, password: wrong-one } }\n` +
        `  - { id: rtsp, name: 门, rtsp: { main: "${camera.rtspMain}", username: viewer, password: "\${HALL_PASSWORD}x" } }\n` +
        `  - { id: gone, name: 无, rtsp: { main: "rtsp://127.0.0.1:${await closedPort()}/main" } }`,
      `  - { id: queue, type: http, url: "http://127.0.0.1:${queuePort}/", fields: { waiting: $.ticketsToServe, serving: $.nowServing } }\n` +
        `  - { id: dead, type: http, url: "http://127.0.0.1:${await closedPort()}/", fields: { waiting: $.ticketsToServe } }`,
      `  - { id: screen, type: ddp, host: 127.0.0.1, port: ${await closedPort()}, area: { x: 0, y: 0, width: 96, height: 50 } }`,
    );
    const ended = await glasshall(['check', file], environment);
    expect(lineOf(ended.output, 'lobby')).toMatch(/WRONG .*password is not accepted — check/);
    expect(lineOf(ended.output, 'rtsp')).toMatch(/WRONG .*password is not accepted — check/);
    expect(lineOf(ended.output, 'gone')).toMatch(/WRONG .*nothing listens — check/);
    expect(lineOf(ended.output, 'queue')).toMatch(/WRONG .*not in the answer: serving — compare/);
    expect(lineOf(ended.output, 'dead')).toMatch(/WRONG .*nothing listens — check/);
    expect(lineOf(ended.output, 'screen')).toMatch(/WRONG .*nothing listens — check/);
    expect(lineOf(ended.output, 'coverage')).toMatch(/ note .*no output shows 96×4 at 0,50 — look at area/);
    expect(ended.output).toContain('6 checked, 6 wrong');
    expect(ended).toMatchObject({ status: 1, errors: '' });
    expect(ended.output).not.toContain(PASSWORD);
    expect(ended.output).not.toContain('wrong-one');
  });

  it('says which images cannot be shown and which boards cannot be read where layouts have them', async () => {
    await sharp({ create: { width: 64, height: 36, channels: 3, background: 'navy' } }).toFile(
      join(folder, 'logo.png'),
    );
    await writeFile(join(folder, 'torn.png'), (await readFile(join(folder, 'logo.png'))).subarray(0, 60));
    const file = join(folder, 'painted.yaml');
    const row = '{ caption: 等候, value: "{queue.waiting}" }';
    const text = `
wall: { name: 西墙, width: 960, height: 540 }
cameras: [{ id: lobby, name: 大厅, rtsp: { main: "rtsp://127.0.0.1:${await closedPort()}/main" } }]
counts: [{ id: queue, type: push }]
boards:
  - { id: today, name: 今日, title: 今日, rows: [${row}, ${row}, ${row}, ${row}] }
images:
  - { id: logo, name: 标志, file: logo.png }
  - { id: torn, name: 坏图, file: torn.png }
  - { id: absent, name: 缺图, file: absent.png }
layouts:
  - { id: roomy, name: 宽, areas: "today logo" }
  - { id: tight, name: 窄, cells: [{ source: today, x: 0, y: 0, width: 96, height: 48 }, { source: torn, x: 240, y: 0, width: 240, height: 135 }] }
  - { id: gone, name: 缺, areas: absent }
outputs: [{ id: screen, type: ddp, host: 127.0.0.1, port: ${await silentPort()} }]
`;
    await writeFile(file, text);
    const { output, errors, status } = await glasshall(['check', file], environment);
    expect(errors).toBe('');
    const lines = output.split('\n');
    expect(lines.find((line) => line.includes('layout roomy'))).toMatch(
      /today .* ok .*its smallest text is \d+ px high/,
    );
    expect(lines.find((line) => line.includes('layout tight'))).toMatch(
      /today .* note .*mush on LEDs — make the cell larger/,
    );
    expect(lineOf(output, 'logo')).toMatch(/ ok .*logo\.png can be shown/);
    expect(lineOf(output, 'torn')).toMatch(/WRONG .*torn\.png: .* — /);
    expect(lineOf(output, 'absent')).toMatch(/WRONG .*absent\.png: .* — /);
    expect(status).toBe(1);
  });

  it('asks no device when the file itself is wrong', async () => {
    const ended = await glasshall(['check', join(folder, 'absent.yaml')]);
    expect(ended).toMatchObject({ status: 1, output: '' });
    expect(ended.errors).toMatch(/absent\.yaml:1:1: there is no such file — check the path/);
    expect(ended.errors.trim().split('\n')).toHaveLength(1);
  });
});
