import { createSocket } from 'node:dgram';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { cameraOptions } from '../../src/camera/options.js';
import { cameraEntries, type FoundCamera } from '../../src/cli/camera-entries.js';
import { outputEntries } from '../../src/cli/output-entries.js';
import { CloseStack } from '../../src/core/closing.js';
import { silentLogger } from '../../src/core/logger.js';
import { projectRoot } from '../../src/core/project-root.js';
import { outputOptions } from '../../src/output/options.js';
import type { FoundController } from '../../src/output/output-module.js';
import { CameraHall } from '../../src/rehearsal/camera/camera-hall.js';
import { DdpReceiver } from '../../src/rehearsal/led-screen/ddp-receiver.js';
import { glasshall } from './command-line.js';

const PASSWORD = 'p@ss w:/rd#1%&';
const closing = new CloseStack();
let hall: CameraHall;

beforeAll(async () => {
  hall = closing.add(
    await CameraHall.start({
      cameras: [
        { id: 'lobby', name: '办事大厅', clip: 'test-card', password: PASSWORD },
        { id: 'door', name: 'Main Door', clip: 'test-card', password: PASSWORD },
      ],
      cacheDirectory: fileURLToPath(new URL('.cache/rehearsal/', projectRoot)),
      log: silentLogger,
    }),
  );
}, 120_000);

afterAll(() => closing.close());

const options = ['--interface', '127.0.0.1', '--timeout', '3', '--username', 'viewer'];

/** The entries that belong to our cameras: other tests may have cameras of theirs on this machine. */
function ours(
  output: string,
): { id: string; name: string; onvif: { address: string; username: string; password: string } }[] {
  const addresses = new Set(hall.cameras.map(({ onvifAddress }) => onvifAddress));
  const { cameras } = parse(output) as { cameras: ReturnType<typeof ours> };
  return cameras.filter(({ onvif }) => addresses.has(onvif.address));
}

describe('discover', () => {
  it('prints every camera with its profiles, as configuration that can be pasted', async () => {
    const ended = await glasshall(['discover', ...options], { HALL_CAMERA_PASSWORD: PASSWORD });
    expect(ended).toMatchObject({ status: 0, errors: '' });
    const entries = ours(ended.output);
    expect(entries.map(({ name }) => name).sort()).toEqual(['Main Door', '办事大厅'].sort());
    for (const entry of entries) {
      expect(cameraOptions.safeParse(entry).error).toBeUndefined();
      expect(entry.onvif).toMatchObject({ username: 'viewer', password: '${HALL_CAMERA_PASSWORD}' });
    }
    for (const { rtspMain, rtspSub } of hall.cameras) {
      expect(ended.output).toContain(`1920×1080 H264 25 fps ${rtspMain}\n`);
      expect(ended.output).toContain(`640×360 H264 25 fps ${rtspSub}\n`);
    }
    expect(ended.output).not.toContain(PASSWORD);
  });

  it('prints a camera that refuses the password all the same, with the reason', async () => {
    const ended = await glasshall(['discover', ...options, '--password-env', 'ANOTHER'], { ANOTHER: 'wrong-one' });
    expect(ended.status).toBe(0);
    expect(ours(ended.output)).toHaveLength(2);
    expect(ended.output).toContain('profiles unknown: user name or password is not accepted');
    expect(ended.output).toContain('${ANOTHER}');
    expect(ended.output).not.toContain('wrong-one');
  });

  it('says in a line what is wrong with its options', async () => {
    const elsewhere = await glasshall(['discover', '--interface', '203.0.113.7', '--timeout', '1']);
    expect(elsewhere).toMatchObject({ status: 1, output: '' });
    expect(elsewhere.errors.trim().split('\n')).toHaveLength(1);
    const file = await glasshall(['discover', '--password-file', '/nowhere/password']);
    expect(file).toMatchObject({ status: 1, output: '' });
    expect(file.errors).toContain('no-password-file');
    expect((await glasshall(['discover', '--timeout', 'long'])).status).toBe(1);
  });
});

describe('discover: LED controllers', () => {
  /** An address of this machine at which no other test has a display: they listen at a fixed port. */
  const HOST = '127.48.4.9';

  it('prints those that answer as outputs that can be pasted, behind the cameras', async () => {
    const identity = { manufacturer: 'Maker', model: 'Model', version: '1', mac: '02:00', name: 'West' };
    const receiver = new DdpReceiver({ widthPx: 20, heightPx: 10 }, identity, () => undefined);
    const socket = createSocket('udp4');
    socket.on('message', (datagram, { port, address }) => {
      const answer = receiver.receive(datagram);
      if (answer !== null) socket.send(answer, port, address);
    });
    await new Promise<void>((resolve) => socket.bind(4_048, HOST, resolve));
    try {
      const ended = await glasshall(['discover', '--interface', HOST, '--timeout', '3']);
      expect(ended).toMatchObject({ status: 0, errors: '' });
      const { outputs } = parse(ended.output) as { outputs: { id: string; host: string }[] };
      const [output] = outputs.filter(({ host }) => host === HOST);
      expect(outputOptions.parse(output)).toMatchObject({ type: 'ddp', host: HOST, port: 4_048 });
      expect(ended.output).toContain('# Maker Model 1 02:00, West, 200 pixels\n');
    } finally {
      await new Promise<void>((resolve) => socket.close(() => resolve()));
    }
  });
});

describe('output entries', () => {
  it('have ids of their own, and hold what a controller says in a comment', () => {
    const controller = (address: string, description: string): FoundController => ({
      address,
      description,
      entry: { type: 'ddp', host: address },
    });
    const text = outputEntries([controller('10.0.0.1', 'A\n- { id: evil }'), controller('10.0.0.2', 'B')]);
    expect(parse(text)).toEqual({
      outputs: [
        { id: 'screen', type: 'ddp', host: '10.0.0.1' },
        { id: 'screen-2', type: 'ddp', host: '10.0.0.2' },
      ],
    });
  });
});

describe('camera entries', () => {
  const camera = (name: string, url: string): FoundCamera => ({
    urn: `urn:uuid:${url}`,
    xaddrs: [url],
    name,
    hardware: 'Model\n- { id: evil }',
    location: '',
    senderAddress: '192.168.10.21',
    url: new URL(url),
    profiles: [],
    trouble: null,
  });

  it('have ids of their own, and addresses as short as they can be', () => {
    const text = cameraEntries(
      [
        camera('IPCamera', 'http://192.168.10.21/onvif/device_service'),
        camera('IPCamera', 'http://192.168.10.22:8899/onvif/device_service'),
        camera('ticker', 'http://192.168.10.23/other/service'),
        camera('大厅: "A"', 'http://192.168.10.24/'),
      ],
      { username: '', secret: 'HALL_CAMERA_PASSWORD' },
    );
    const { cameras } = parse(text) as { cameras: { id: string; name: string; onvif: { address: string } }[] };
    expect(cameras.map(({ id, onvif }) => [id, onvif.address])).toEqual([
      ['ipcamera', '192.168.10.21'],
      ['ipcamera-2', '192.168.10.22:8899'],
      ['camera-3', 'http://192.168.10.23/other/service'],
      ['a', '192.168.10.24'],
    ]);
    expect(cameras[3]?.name).toBe('大厅: "A"');
  });
});
