import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/core/logger.js';
import { outputOptions, type OutputOptions, type OutputType } from '../../src/output/options.js';
import type { OutputDriver } from '../../src/output/output-driver.js';
import { createOutput, outputModules } from '../../src/output/registry.js';
import { closedPort, picture } from './pictures.js';

const WALL = { widthPx: 65, heightPx: 49 };
/** TEST-NET-1 (RFC 5737): nobody is there, and nobody says so. */
const SILENT = '192.0.2.1';

/** How a driver is tried out. */
type Example = {
  /** Options for a device that neither answers nor refuses. */
  readonly silent: () => OutputOptions;
  /** Options for a device that refuses; null where nobody would notice: then parts cannot fail either. */
  readonly refusing: (() => Promise<OutputOptions>) | null;
};

/** For every driver. One without an entry does not compile. */
const examples: { readonly [Type in OutputType]: Example } = {
  ddp: {
    silent: () => outputOptions.parse({ id: 'screen', type: 'ddp', host: SILENT }),
    refusing: async () =>
      outputOptions.parse({ id: 'screen', type: 'ddp', host: '127.0.0.1', port: await closedPort() }),
  },
  colorlight: {
    silent: () => outputOptions.parse({ id: 'screen', type: 'colorlight', interface: 'lo' }),
    refusing: () =>
      Promise.resolve(outputOptions.parse({ id: 'screen', type: 'colorlight', interface: 'no-such-port' })),
  },
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
  afterEach(async () => {
    await driver?.close();
    driver = null;
  });

  const { silent, refusing } = examples[type];

  function make(options: OutputOptions): OutputDriver {
    const made = createOutput(options, { wall: WALL, framesPerSecond: 25, log: silentLogger });
    driver = made;
    return made;
  }

  it('starts, sends and closes at an address that answers nothing', async () => {
    const output = make(silent());
    await output.start();
    await output.start();
    for (let tick = 1; tick <= 3; tick += 1) {
      const parts = output.prepare(picture(WALL, tick));
      output.send(0, parts);
    }
    expect(output.takeFailedParts()).toBeGreaterThanOrEqual(0);
  });

  it('says of a silent or missing device that it is not reachable, and keeps to the deadline', async () => {
    for (const options of [silent(), ...(refusing === null ? [] : [await refusing()])]) {
      const output = make(options);
      await output.start();
      const answer = await output.probe(AbortSignal.timeout(200));
      expect(answer.state).not.toBe('reachable');
      expect(answer.reason).toMatch(/^[a-z-]+$/);
      await output.close();
    }
  });

  it('prepares before the start, after the close and twice in a row without harm', async () => {
    const output = make(refusing === null ? silent() : await refusing());
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

  it.skipIf(refusing === null)('counts parts that a vanished device refused, and forgets them once told', async () => {
    const output = make(refusing === null ? silent() : await refusing());
    await output.start();
    for (let tick = 1; tick <= 5; tick += 1) {
      output.send(0, output.prepare(picture(WALL, tick)));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(output.takeFailedParts()).toBeGreaterThan(0);
    expect(output.takeFailedParts()).toBe(0);
  });

  it('closes without having been started', async () => {
    await make(silent()).close();
  });
});
