/**
 * The rehearsal hall in a process of its own: the simulated devices must outlive the service, as real ones do. It ends when
 * its owner says so, or when owner and service are both gone.
 */
import { messageOf } from './core/errors.js';
import { Redactor } from './core/secrets.js';
import { createLog } from './log.js';
import { RehearsalHall } from './rehearsal/rehearsal-hall.js';
import type { HallNotice, HallOrder } from './rehearsal/hall-messages.js';

const LOOK_EVERY_MS = 500;

const log = createLog(new Redactor());
let hall: RehearsalHall | null = null;
let enginePid = 0;

function tell(notice: HallNotice): void {
  if (process.connected) process.send?.(notice, () => undefined);
}

async function end(): Promise<void> {
  await hall?.close();
  process.exit(0);
}

/** The owner is gone: as long as the service runs without it, so do its devices. */
function outliveOwner(): void {
  if (isRunning(enginePid)) setTimeout(outliveOwner, LOOK_EVERY_MS);
  else void end();
}

function isRunning(pid: number): boolean {
  if (pid === 0) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    // There is no such process: that is the answer.
    return false;
  }
}

async function start({ start: options }: Extract<HallOrder, { kind: 'start' }>): Promise<void> {
  hall = await RehearsalHall.start({
    ...options,
    onProgress: (fraction, label) => tell({ kind: 'progress', fraction, label }),
    log: log.child({ part: 'rehearsal' }),
  });
  tell({ kind: 'started', rehearsal: { environment: hall.environment(), screenHttpPort: hall.screen.httpPort } });
}

process.on('message', (order: HallOrder) => {
  switch (order.kind) {
    case 'start':
      start(order).catch((failure: unknown) => {
        tell({ kind: 'failed', message: messageOf(failure) });
        void end();
      });
      return;
    case 'engine':
      enginePid = order.pid;
      return;
    case 'close':
      void end();
  }
});
process.once('disconnect', outliveOwner);
// Ctrl-C reaches the whole group of processes; the owner decides when the devices go.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
