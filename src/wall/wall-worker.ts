import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { GlasshallError, messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { TickerScroller } from '../ticker/scroller.js';
import type { LogLevel, WallCommand, WallNotice, WallWorkerData } from './messages.js';
import { preferThisThread } from './priority.js';
import { WallThread } from './wall-thread.js';

/** Entry of the wall's worker thread: connects `WallThread` to the port of its owner. */
async function main(port: MessagePort, data: WallWorkerData): Promise<void> {
  const notify = (notice: WallNotice): void => port.postMessage(notice);
  const log = portLogger(notify, {});
  const thread = new WallThread(data, {
    createScroller: (heightPx, widthPx, background) => new TickerScroller(heightPx, widthPx, background),
    log,
    notify,
  });
  port.on('message', (command: WallCommand) => {
    if (command.kind !== 'close') {
      thread.obey(command);
      return;
    }
    thread
      .close(command.last)
      .catch((failure: unknown) =>
        notify({
          kind: 'log',
          level: 'error',
          details: { failure: messageOf(failure) },
          message: 'wall did not close well',
        }),
      )
      .finally(() => port.close());
  });
  log.debug(await preferThisThread(), 'priority of the wall thread');
  await thread.start();
  notify({ kind: 'started' });
}

function portLogger(notify: (notice: WallNotice) => void, bindings: Record<string, unknown>): Logger {
  const at =
    (level: LogLevel) =>
    (details: object, message: string): void =>
      notify({ kind: 'log', level, details: { ...bindings, ...details }, message });
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (more) => portLogger(notify, { ...bindings, ...more }),
  };
}

if (parentPort === null) throw new Error('the wall worker runs as a worker thread');
const port = parentPort;
main(port, workerData as WallWorkerData).catch((failure: unknown) => {
  const known = failure instanceof GlasshallError ? failure : new GlasshallError('wall-failed', messageOf(failure));
  port.postMessage({
    kind: 'failed',
    code: known.code,
    message: known.message,
    parameters: known.parameters,
  } satisfies WallNotice);
  port.close();
});
