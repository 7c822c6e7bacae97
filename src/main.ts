import { fileURLToPath } from 'node:url';
import { startApp, type App } from './app.js';
import { ConfigurationError } from './config/problems.js';
import { GlasshallError, messageOf } from './core/errors.js';
import { projectRoot } from './core/project-root.js';
import { Redactor } from './core/secrets.js';
import { createLog } from './log.js';
import { parseStartOptions } from './options.js';
import { RehearsalHall } from './rehearsal/rehearsal-hall.js';
import { say, showProgress } from './terminal.js';

/** The size of the rehearsal's screen, which is that of the wall in `config/rehearsal.yaml`. */
const REHEARSAL_SIZE = { widthPx: 960, heightPx: 540 };
/** Whatever hangs when the service ends is left behind after this long. */
const END_WITHIN_MS = 2_800;

const redactor = new Redactor();
const log = createLog(redactor);
const options = parseStartOptions(process.argv.slice(2));

let app: App | null = null;
let hall: RehearsalHall | null = null;
let ending = false;

/** Ends everything, the way out of every signal and of every failure. */
async function end(status: number): Promise<void> {
  if (ending) return;
  ending = true;
  const deadline = setTimeout(() => {
    log.error({}, 'closing took too long');
    process.exit(1);
  }, END_WITHIN_MS);
  try {
    await app?.close();
    await hall?.close();
  } catch (failure) {
    log.error({ failure: messageOf(failure) }, 'closing failed');
    status = 1;
  }
  clearTimeout(deadline);
  process.exit(status);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
process.on('disconnect', () => void end(0));
// A fault that nobody expected: the outputs still get their goodbye, so that no picture stays up as if it were live.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (failure: unknown) => {
    log.error({ failure: failure instanceof Error ? failure.stack : String(failure) }, 'an unexpected fault');
    void end(1);
  });
}

try {
  if (options.config === null) {
    hall = await RehearsalHall.start({
      screen: REHEARSAL_SIZE,
      screenPort: options.screenPort,
      cacheDirectory: fileURLToPath(new URL('.cache/rehearsal/', projectRoot)),
      onProgress: showProgress,
      log: log.child({ part: 'rehearsal' }),
    });
  }
  app = await startApp({
    ...options,
    configurationFile: options.config ?? fileURLToPath(new URL('config/rehearsal.yaml', projectRoot)),
    rehearsal: hall === null ? null : { environment: hall.environment(), screenHttpPort: hall.screen.httpPort },
    stateDirectory: null,
    outputsHeld: false,
    heartbeatFd: null,
    webRoot: fileURLToPath(new URL('dist/web/', projectRoot)),
    redactor,
    log,
  });
  app.wall.on('error', (failure) => {
    log.error({ failure: messageOf(failure) }, 'the wall has failed');
    void end(1);
  });
  say(app.isRehearsal, app.url, app.obsUrl);
  process.send?.({ kind: 'ready', addresses: { url: app.url, obsUrl: app.obsUrl } });
  app.wall.on('report', (report) => process.send?.({ kind: 'report', report }));
} catch (failure) {
  if (failure instanceof ConfigurationError) console.error(redactor.redact(failure.message));
  else if (failure instanceof GlasshallError) console.error(`${failure.code}: ${redactor.redact(failure.message)}`);
  else log.error({ failure: messageOf(failure) }, 'the service could not start');
  await end(1);
}
