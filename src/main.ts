/**
 * What `npm start` runs: the guardian's process. It starts the simulators of a rehearsal and the engine in processes of their
 * own, and outlives whatever happens in them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GlasshallError, messageOf } from './core/errors.js';
import { projectRoot } from './core/project-root.js';
import { Redactor } from './core/secrets.js';
import { Guardian } from './guardian/guardian.js';
import type { ServiceNotice } from './guardian/messages.js';
import { ServiceManager } from './guardian/service-manager.js';
import { createLog } from './log.js';
import { parseStartOptions } from './options.js';
import { processEnd } from './process-end.js';
import { rehearsalConfiguration } from './rehearsal-configuration.js';
import { HallHandle } from './rehearsal/hall-handle.js';
import { say, showProgress } from './terminal.js';

/** The size of the rehearsal's screen, which is that of the wall in `config/rehearsal.yaml`. */
const REHEARSAL_SIZE = { widthPx: 960, heightPx: 540 };
/** Whatever hangs when the service ends is left behind after this long. */
const END_WITHIN_MS = 2_950;

const log = createLog(new Redactor());
const options = parseStartOptions(process.argv.slice(2));
const manager = ServiceManager.find(process.env);

let hall: HallHandle | null = null;
let guardian: Guardian | null = null;
let isKnown = false;
/** What is kept while the service runs, engine after engine, where nothing is to outlive it. */
let passingState: string | null = null;

const { end } = processEnd({
  withinMs: END_WITHIN_MS,
  close: async () => {
    manager?.tell({ STOPPING: '1' });
    await guardian?.close();
    await hall?.close();
    await manager?.close();
    if (passingState !== null) await rm(passingState, { recursive: true, force: true });
  },
  log,
});

function hear(notice: ServiceNotice): void {
  if (process.connected) process.send?.(notice, () => undefined);
  if (notice.kind === 'ended') manager?.tell({ STATUS: 'the engine is being started again; a slate is on the wall' });
  if (notice.kind !== 'ready') return;
  hall?.serve(notice.enginePid);
  manager?.tell({ READY: '1', STATUS: notice.addresses.url });
  if (isKnown) return;
  isKnown = true;
  say(hall !== null, notice.addresses.url, notice.addresses.obsUrl);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
process.on('disconnect', () => void end(0));
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (failure: unknown) => {
    // The engine goes on by itself: whatever is wrong in here must not take the picture down.
    log.error({ failure: failure instanceof Error ? failure.stack : String(failure) }, 'a fault in the guardian');
  });
}

try {
  if (options.config === null) {
    hall = await HallHandle.start({
      screen: REHEARSAL_SIZE,
      screenPort: options.screenPort,
      cacheDirectory: fileURLToPath(new URL('.cache/rehearsal/', projectRoot)),
      onProgress: showProgress,
    });
  }
  const { host, port, obsPort } = options;
  if (options.stateDirectory === null) passingState = await mkdtemp(join(tmpdir(), 'glasshall-state-'));
  const stateDirectory = options.stateDirectory ?? passingState;
  const rehearsalFile = fileURLToPath(new URL('config/rehearsal.yaml', projectRoot));
  guardian = new Guardian({
    start: {
      configurationFile:
        options.config ??
        (stateDirectory === null ? rehearsalFile : await rehearsalConfiguration(rehearsalFile, stateDirectory)),
      rehearsal: hall?.rehearsal ?? null,
      host,
      port,
      obsPort,
      stateDirectory,
    },
    log: log.child({ part: 'guardian' }),
    onNotice: hear,
  });
  const watched = guardian;
  manager?.beatWhile(() => watched.isShowing);
  void guardian.refused.then((status) => end(status));
} catch (failure) {
  if (failure instanceof GlasshallError) console.error(`${failure.code}: ${failure.message}`);
  else log.error({ failure: messageOf(failure) }, 'the service could not start');
  await end(1);
}
