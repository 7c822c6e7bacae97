/** A process that sends and does nothing else: its half of the measurement, and the half of whoever starts it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Closable } from '../../../src/core/closing.js';
import { monotonicMs } from '../../../src/core/clock.js';
import type { Size } from '../../../src/core/geometry.js';
import { cpuSecondsBelow } from '../process-tree.js';
import type { PacketCounter } from './example.js';

/** What is sent. */
export type SendingTask = { readonly options: unknown; readonly size: Size; readonly framesPerSecond: number };

/** Something at work that sends frames. */
export type Sending = Closable & {
  /** Frames sent whole so far, and packets that are known to have failed. */
  figures(): { readonly frames: number; readonly failed: number };
};

/** What a time of sending cost; CPU with all child processes. */
export type SendingCost = {
  readonly framesPerSecond: number;
  /** Null where nobody counts. */
  readonly packetsPerSecond: number | null;
  readonly cpuMsPerFrame: number;
  /** Share of one core. */
  readonly cores: number;
  readonly failed: number;
  /** Packets that arrived and found the receiver's buffer full. */
  readonly unread: number;
};

type Spent = { readonly seconds: number; readonly cpuMs: number; readonly frames: number; readonly failed: number };
type Notice = { readonly kind: 'begun' } | ({ readonly kind: 'ended' } & Spent);

const WARM_UP_MS = 2_000;
const MEASURED_MS = 5_000;

/** Starts an entry that calls `runSending`, and measures. @throws Error when it ends before it has anything to say */
export async function measureSending(
  entry: './send-output.js' | './send-npm-sacn.js',
  task: SendingTask,
  receiver: PacketCounter | null,
): Promise<SendingCost> {
  const path = fileURLToPath(new URL(entry, import.meta.url));
  const child = fork(path, [JSON.stringify(task)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  const next = async (): Promise<Notice> => {
    const heard = (await Promise.race([once(child, 'message'), exited])) as [Notice | number | null];
    if (typeof heard[0] === 'object' && heard[0] !== null) return heard[0];
    throw new Error(`${entry} ended before it had measured`);
  };
  await next();
  const [arrivedBefore, droppedBefore] = [await receiver?.arrived(), await receiver?.dropped()];
  const ended = await next();
  const [arrived, dropped] = [await receiver?.arrived(), await receiver?.dropped()];
  await exited;
  if (ended.kind !== 'ended') throw new Error(`${entry} began twice`);
  const { seconds, cpuMs, frames, failed } = ended;
  return {
    framesPerSecond: frames / seconds,
    packetsPerSecond: arrived === undefined ? null : (arrived - (arrivedBefore ?? 0)) / seconds,
    cpuMsPerFrame: cpuMs / frames,
    cores: cpuMs / 1_000 / seconds,
    failed,
    unread: (dropped ?? 0) - (droppedBefore ?? 0),
  };
}

/** Sends in this process for a while, tells its parent what that cost, and ends. */
export async function runSending(start: (task: SendingTask) => Promise<Sending>): Promise<void> {
  const sending = await start(JSON.parse(process.argv[2] ?? '{}') as SendingTask);
  await sleep(WARM_UP_MS);
  const before = spentSoFar(sending);
  tell({ kind: 'begun' });
  await sleep(MEASURED_MS);
  const after = spentSoFar(sending);
  tell({
    kind: 'ended',
    seconds: after.seconds - before.seconds,
    cpuMs: after.cpuMs - before.cpuMs,
    frames: after.frames - before.frames,
    failed: after.failed - before.failed,
  });
  await sending.close();
  process.disconnect();
}

function spentSoFar(sending: Sending): Spent {
  const { user, system } = process.cpuUsage();
  const cpuMs = (user + system) / 1_000 + cpuSecondsBelow(process.pid) * 1_000;
  return { seconds: monotonicMs() / 1_000, cpuMs, ...sending.figures() };
}

function tell(notice: Notice): void {
  process.send?.(notice);
}
