import { createSocket } from 'node:dgram';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/core/logger.js';
import { rfc4175Options } from '../../src/output/drivers/rfc4175/options.js';
import type { OutputDriver } from '../../src/output/output-driver.js';
import { createOutput, describeSession } from '../../src/output/registry.js';
import { eventually } from '../eventually.js';
import { closedPort } from './pictures.js';

const wall = { widthPx: 384, heightPx: 192 };

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

const optionsOf = (more: object): ReturnType<typeof rfc4175Options.parse> =>
  rfc4175Options.parse({ id: 'screen', type: 'rfc4175', host: '127.0.0.1', ...more });

async function driver(more: object): Promise<OutputDriver> {
  const made = createOutput(optionsOf(more), { wall, framesPerSecond: 30, log: silentLogger });
  opened.push(made);
  await made.start();
  return made;
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'glasshall-rtp-'));
  opened.push({ close: () => rm(path, { recursive: true }) });
  return path;
}

/** A port at which somebody listens and says nothing. */
async function silentPort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  opened.push({ close: () => new Promise((resolve) => socket.close(() => resolve())) });
  return socket.address().port;
}

describe('session description', () => {
  it('says what is sent, and claims no clock', async () => {
    const text = await describeSession(optionsOf({ sampling: 'YCbCr-4:2:2', depth: 10 }), wall, 25);
    const lines = text?.split('\r\n') ?? [];
    expect(lines[1]).toMatch(/^o=- \d+ 1 IN IP4 127\.0\.0\.1$/);
    expect(lines.filter((_, index) => index !== 1)).toEqual([
      'v=0',
      's=screen',
      't=0 0',
      'm=video 5004 RTP/AVP 96',
      'c=IN IP4 127.0.0.1',
      'a=rtpmap:96 raw/90000',
      'a=fmtp:96 sampling=YCbCr-4:2:2; width=384; height=192; exactframerate=25; depth=10; colorimetry=BT709; PM=2110GPM; SSN=ST2110-20:2017; TCS=SDR; RANGE=NARROW; TP=2110TPW',
      'a=mediaclk:sender',
      '',
    ]);
  });

  it('is the same for the same session and has another number for another one', async () => {
    const numberOf = async (more: object): Promise<string | undefined> =>
      /^o=- (\d+)/m.exec((await describeSession(optionsOf(more), wall, 25)) ?? '')?.[1];
    expect(await numberOf({})).toBe(await numberOf({}));
    expect(await numberOf({})).not.toBe(await numberOf({ port: 5006 }));
  });

  it('says for multicast how far it goes, from which address, and the part of the wall that is sent', async () => {
    const multicast = optionsOf({
      host: '239.20.0.1',
      interface: '127.0.0.1',
      timeToLive: 8,
      area: { x: 0, y: 0, width: 100, height: 50 },
    });
    const text = (await describeSession(multicast, wall, 60)) ?? '';
    expect(text).toContain('c=IN IP4 239.20.0.1/8\r\n');
    expect(text).toMatch(/^o=- \d+ 1 IN IP4 127\.0\.0\.1\r$/m);
    expect(text).toContain('sampling=RGB; width=100; height=50; exactframerate=60; depth=8;');
    expect(text).toContain('RANGE=FULL;');
  });

  it('cannot be given for a receiver to which there is no way', async () => {
    const lost = describeSession(optionsOf({ host: 'no-such-host.invalid' }), wall, 25);
    await expect(lost).rejects.toMatchObject({ code: 'not-describable' });
  });

  it('lies in its file while the output sends, whole, and is gone afterwards', async () => {
    const base = await folder();
    const sdpFile = join(base, 'screen.sdp');
    const output = await driver({ sdpFile, port: await closedPort() });
    await eventually(async () => expect(await readFile(sdpFile, 'utf8')).toMatch(/^v=0\r\n[^]*mediaclk:sender\r\n$/));
    expect(await readdir(base)).toEqual(['screen.sdp']);
    await output.close();
    expect(await readdir(base)).toEqual([]);
  });

  it('stays when somebody else goes on sending', async () => {
    const base = await folder();
    const output = await driver({ sdpFile: join(base, 'screen.sdp') });
    await eventually(async () => expect(await readdir(base)).toEqual(['screen.sdp']));
    await output.close('silent');
    expect(await readdir(base)).toEqual(['screen.sdp']);
  });

  it('that cannot be written is said, and written as soon as it can be', async () => {
    const port = await silentPort();
    const base = await folder();
    const late = join(base, 'late');
    const output = await driver({ port, sdpFile: join(late, 'screen.sdp') });
    const probe = (): ReturnType<OutputDriver['probe']> => output.probe(AbortSignal.timeout(1_000));
    await eventually(async () => expect(await probe()).toEqual({ state: 'unconfirmed', reason: 'sdp-not-written' }));
    await mkdir(late);
    await eventually(async () => expect(await probe()).toEqual({ state: 'unconfirmed', reason: 'no-answer' }));
    expect(await readdir(late)).toEqual(['screen.sdp']);
  });
});
