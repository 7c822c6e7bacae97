import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/core/logger.js';
import { outputOptions, type OutputType } from '../../src/output/options.js';
import type { OutputDriver } from '../../src/output/output-driver.js';
import { createOutput, outputModules } from '../../src/output/registry.js';
import { closedPort, picture } from './pictures.js';

const WALL = { widthPx: 65, heightPx: 49 };
/** Nobody can make a folder there. */
const NO_FOLDER = '/dev/null/pictures';

/** How a driver is tried out. */
type Example = {
  /** Options for a device that neither answers nor refuses. @param port of 127.0.0.1 at which somebody hears and is silent */
  readonly silent: (port: number) => Record<string, unknown>;
  /** Whether a device can refuse what is sent; where nobody would notice, parts cannot fail either. */
  readonly canBeRefused: boolean;
};

const host = '127.0.0.1';
/** Not this machine's, for documentation (RFC 5737): nobody can listen there. */
const FOREIGN = '192.0.2.77';

/** For every driver. One without an entry does not compile. */
const examples: { readonly [Type in OutputType]: Example } = {
  ddp: { silent: (port) => ({ host, port }), canBeRefused: true },
  // Its socket is shared and therefore told of no refusal; the probe learns of it.
  artnet: { silent: (port) => ({ host, port, interface: '127.0.0.1' }), canBeRefused: false },
  sacn: { silent: (port) => ({ host, port, interface: '127.0.0.1' }), canBeRefused: true },
  colorlight: { silent: () => ({ interface: 'no-such-port' }), canBeRefused: true },
  rfc4175: { silent: (port) => ({ host, port }), canBeRefused: true },
  'flaschen-taschen': { silent: (port) => ({ host, port }), canBeRefused: true },
  rtsp: { silent: () => ({ host: FOREIGN }), canBeRefused: true },
  stream: { silent: (port) => ({ url: `rtsp://${host}:${port}/wall` }), canBeRefused: true },
  recorder: { silent: () => ({ directory: NO_FOLDER }), canBeRefused: true },
  file: { silent: () => ({ directory: NO_FOLDER }), canBeRefused: false },
};

const types = Object.keys(examples) as OutputType[];

describe('registry', () => {
  it('holds exactly the types that the options know', () => {
    const known = outputOptions.options.map((option) => [...option.shape.type.values][0]);
    expect(Object.keys(outputModules).sort()).toEqual(known.sort());
  });
});

describe.each(types)('output driver %s', (type) => {
  let driver: OutputDriver | null = null;
  /** Hears everything and says nothing. */
  let silence: Socket;

  beforeEach(async () => {
    silence = createSocket('udp4');
    silence.bind(0, host);
    await once(silence, 'listening');
  });

  afterEach(async () => {
    await driver?.close();
    driver = null;
    silence.close();
  });

  const { silent, canBeRefused } = examples[type];

  function make(port: number): OutputDriver {
    const options = outputOptions.parse({ id: 'screen', type, ...silent(port) });
    const made = createOutput(options, { wall: WALL, framesPerSecond: 25, log: silentLogger });
    driver = made;
    return made;
  }

  it('starts, sends and closes at an address that answers nothing', async () => {
    const output = make(silence.address().port);
    await output.start();
    await output.start();
    for (let tick = 1; tick <= 3; tick += 1) {
      const parts = output.prepare(picture(WALL, tick));
      output.send(0, parts);
    }
    expect(output.takeFailedParts()).toBeGreaterThanOrEqual(0);
  });

  it('says of a silent or missing device that it is not reachable, and keeps to the deadline', async () => {
    for (const port of [silence.address().port, await closedPort()]) {
      const output = make(port);
      await output.start();
      const answer = await output.probe(AbortSignal.timeout(200));
      expect(answer.state).not.toBe('reachable');
      expect(answer.reason).toMatch(/^[a-z-]+$/);
      await output.close();
    }
  });

  it('prepares before the start, after the close and twice in a row without harm', async () => {
    const output = make(await closedPort());
    expect(output.prepare(picture(WALL, 1))).toBe(0);
    output.send(0, 5);
    await output.start();
    const parts = output.prepare(picture(WALL, 2));
    expect(parts).toBeGreaterThan(0);
    expect(output.prepare(picture(WALL, 3))).toBe(parts);
    output.send(0, parts);
    output.send(0, parts);
    output.send(parts, parts + 10);
    output.send(5, 2);
    await Promise.all([output.close(), output.close()]);
    await output.close();
    expect(output.prepare(picture(WALL, 4))).toBe(0);
    output.send(0, parts);
    expect((await output.probe(AbortSignal.timeout(200))).state).not.toBe('reachable');
  });

  it.skipIf(!canBeRefused)('counts parts that a vanished device refused, and forgets them once told', async () => {
    const output = make(await closedPort());
    await output.start();
    for (let tick = 1; tick <= 5; tick += 1) {
      output.send(0, output.prepare(picture(WALL, tick)));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(output.takeFailedParts()).toBeGreaterThan(0);
    expect(output.takeFailedParts()).toBe(0);
  });

  it('closes without having been started', async () => {
    await make(silence.address().port).close();
  });
});
