import { getPriority, setPriority } from 'node:os';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { messageOf } from '../../core/errors.js';
import { FrameSlot } from '../../core/frame-slot.js';
import type { Logger } from '../../core/logger.js';
import type { Size } from '../../core/geometry.js';
import type { Reachability } from '../output-driver.js';
import { Gauge } from './gauge.js';
import type { LogLevel, OutputThreadCommand, OutputThreadData, OutputThreadNotice } from './messages.js';

/** What the work of an output is given. */
export type OutputThreadContext<Options = unknown> = {
  readonly options: Options;
  readonly size: Size;
  readonly framesPerSecond: number;
  readonly frames: FrameSlot;
  readonly gauge: Gauge;
  readonly log: Logger;
  /** Says what is known about the destination; said again, it is no news. */
  readonly report: (reachability: Reachability) => void;
};

/** The work of an output. It goes on until `close`, whatever happens. */
export interface OutputWork {
  /** @param isSilent whether the last frame is not to be shown any more, because somebody else goes on sending */
  close(isSilent: boolean): Promise<void>;
}

/** Runs the work of an output in this thread: called once, by the entry of the thread. @throws Error outside a worker thread */
export function runOutputThread<Options>(begin: (context: OutputThreadContext<Options>) => OutputWork): void {
  if (parentPort === null) throw new Error('the work of an output runs in a worker thread');
  const port = parentPort;
  const data = workerData as OutputThreadData<Options>;
  // The wall's thread may be preferred by its niceness, which its children inherit.
  if (getPriority() < 0) setPriority(0);
  const log = portLogger(port, {});
  const work = begin({
    options: data.options,
    size: { widthPx: data.frames.widthPx, heightPx: data.frames.heightPx },
    framesPerSecond: data.framesPerSecond,
    frames: new FrameSlot(data.frames),
    gauge: new Gauge(data.gauge),
    log,
    report: reporter(port),
  });
  port.on('message', ({ isSilent }: OutputThreadCommand) => {
    work
      .close(isSilent)
      .catch((failure: unknown) => log.error({ failure: messageOf(failure) }, 'an output did not close well'))
      // Not left to the event loop: a child that does not want to end must not keep the thread.
      .finally(() => setImmediate(() => process.exit(0)));
  });
}

function reporter(port: MessagePort): (reachability: Reachability) => void {
  let known: Reachability | null = null;
  return (reachability) => {
    if (known?.state === reachability.state && known.reason === reachability.reason) return;
    known = reachability;
    port.postMessage({ kind: 'reachability', reachability } satisfies OutputThreadNotice);
  };
}

function portLogger(port: MessagePort, bindings: Record<string, unknown>): Logger {
  const at =
    (level: LogLevel) =>
    (details: object, message: string): void =>
      port.postMessage({
        kind: 'log',
        level,
        details: { ...bindings, ...details },
        message,
      } satisfies OutputThreadNotice);
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (more) => portLogger(port, { ...bindings, ...more }),
  };
}
