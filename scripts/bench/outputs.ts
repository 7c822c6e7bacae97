import type { Size } from '../../src/core/geometry.js';
import { groupOf } from '../../src/output/drivers/sacn/multicast-link.js';
import type { OutputType } from '../../src/output/options.js';
import { examples } from './outputs/examples.js';
import { measureSending, type SendingCost } from './outputs/sending.js';
import { UdpCounter } from './outputs/udp-counter.js';
import { rounded } from './percentile.js';

/** Names of drivers, separated by commas: only these are measured. */
const CHOSEN = process.env['GLASSHALL_BENCH_OUTPUTS']?.split(',') ?? null;
const FRAMES_PER_SECOND = 30;
const SIZES: readonly Size[] = [
  { widthPx: 960, heightPx: 540 },
  { widthPx: 1_920, heightPx: 1_080 },
];
const HOST = '127.0.0.1';
const UNIVERSES = 300;
const UNIVERSES_SIZE: Size = { widthPx: 170, heightPx: UNIVERSES };

/**
 * What every driver costs that sends over a network: CPU of a process that sends at 30 frames a second and does nothing
 * else, paced as the wall does it, to a receiver in another process on loopback. Encoders count with their ffmpeg. Then 300
 * universes of sACN beside the package `sacn`, unicast, for its multicast with an interface binds every universe to the
 * port. Pixel controllers of 1920×1080 would need 12,198 universes: nobody has so many, but a sender has to be able to.
 */
export async function outputs(print: (line: string) => void): Promise<Record<string, unknown>> {
  print(row(['', '', 'frames/s', 'packets/s', 'CPU ms/frame', 'cores', 'failed', 'unread']));
  const types = (Object.keys(examples) as OutputType[]).filter((type) => CHOSEN?.includes(type) ?? true);
  const drivers: Partial<Record<OutputType, Record<string, unknown>>> = {};
  for (const type of types) drivers[type] = await measureDriver(type, print);
  const universes = types.includes('sacn') ? { sacn300Universes: await measureUniverses(print) } : {};
  return { drivers, ...universes };
}

async function measureDriver(type: OutputType, print: (line: string) => void): Promise<Record<string, unknown>> {
  const figures: Record<string, unknown> = {};
  for (const size of SIZES) {
    const example = await examples[type]();
    if ('leftOut' in example) {
      print(`${type}: left out, it ${example.leftOut}`);
      return example;
    }
    const { options, receiver } = example;
    const task = { options, size, framesPerSecond: FRAMES_PER_SECOND };
    const cost = await measureSending('./send-output.js', task, receiver).finally(() => receiver?.close());
    const name = `${size.widthPx}x${size.heightPx}`;
    print(described(type, name, cost));
    figures[name] = keysOf(cost);
  }
  return figures;
}

async function measureUniverses(print: (line: string) => void): Promise<Record<string, unknown>> {
  const groups = Array.from({ length: UNIVERSES }, (_, index) => groupOf(index + 1));
  const measure = async (
    name: string,
    entry: Parameters<typeof measureSending>[0],
    optionsFor: (port: number) => Record<string, unknown>,
  ): Promise<SendingCost> => {
    const receiver = await UdpCounter.start({ groups });
    const task = { options: optionsFor(receiver.port), size: UNIVERSES_SIZE, framesPerSecond: FRAMES_PER_SECOND };
    const cost = await measureSending(entry, task, receiver).finally(() => receiver.close());
    print(described(name, `${UNIVERSES} universes`, cost));
    return cost;
  };
  const ours = { id: 'sacn', type: 'sacn', interface: HOST };
  const unicast = await measure('sacn, unicast', './send-output.js', (port) => ({ ...ours, host: HOST, port }));
  const multicast = await measure('sacn, multicast', './send-output.js', (port) => ({ ...ours, port }));
  const peer = await measure('npm sacn, unicast', './send-npm-sacn.js', (port) => ({
    host: HOST,
    port,
    universes: UNIVERSES,
  }));
  const ratio = rounded(peer.cpuMsPerFrame / unicast.cpuMsPerFrame, 1);
  print(`npm sacn takes ${ratio} times the CPU`);
  return { unicast: keysOf(unicast), multicast: keysOf(multicast), npmSacn: keysOf(peer), npmSacnTimesOurs: ratio };
}

function keysOf({ framesPerSecond, packetsPerSecond, cpuMsPerFrame, cores }: SendingCost): Record<string, unknown> {
  return {
    framesPerSecond: rounded(framesPerSecond, 1),
    packetsPerSecond: packetsPerSecond === null ? null : Math.round(packetsPerSecond),
    cpuMsPerFrame: rounded(cpuMsPerFrame),
    cores: rounded(cores, 3),
  };
}

function described(name: string, what: string, cost: SendingCost): string {
  const { framesPerSecond, packetsPerSecond, cpuMsPerFrame, cores, failed, unread } = cost;
  const packets = packetsPerSecond === null ? '-' : packetsPerSecond.toFixed(0);
  const figures = [framesPerSecond.toFixed(1), packets, cpuMsPerFrame.toFixed(2), cores.toFixed(3)];
  return row([name, what, ...figures, String(failed), String(unread)]);
}

function row([name = '', what = '', ...figures]: readonly string[]): string {
  return [name.padEnd(18), what.padEnd(13), ...figures.map((figure) => figure.padStart(12))].join(' ').trimEnd();
}
