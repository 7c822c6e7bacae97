/**
 * The engine's process: the service itself, started and watched by the guardian. It gives signs of life, asks for the
 * outputs when it has something to show, and goes on when the guardian is gone.
 */
import { fileURLToPath } from 'node:url';
import { startApp, type App } from './app.js';
import { ConfigurationError } from './config/problems.js';
import { GlasshallError, messageOf } from './core/errors.js';
import { HeartbeatWriter } from './core/heartbeat.js';
import { setThreadNiceness } from './core/niceness.js';
import { projectRoot } from './core/project-root.js';
import { RecentLog } from './core/recent-log.js';
import { Redactor } from './core/secrets.js';
import { HEARTBEAT_FD } from './guardian/engine-handle.js';
import type { EngineNotice, EngineRequest, EngineStart } from './guardian/messages.js';
import { ServiceManager } from './guardian/service-manager.js';
import { createLog } from './log.js';
import { processEnd } from './process-end.js';

/** Whatever hangs when the service ends is left behind after this long. */
const END_WITHIN_MS = 2_400;
const BEAT_EVERY_MS = 100;
/** So long the first scene may take to have all its pictures; then it is shown with slates. */
const PRESENTABLE_WITHIN_MS = 5_000;
/** Of the thread that hears what people press: before whatever decodes, paints or encodes, behind the wall. */
const NICENESS = -5;

const redactor = new Redactor();
const recentLog = new RecentLog();
const log = createLog(redactor, recentLog);
const beats = new HeartbeatWriter(HEARTBEAT_FD, 'main');

let app: App | null = null;
let manager: ServiceManager | null = null;

function tell(notice: EngineNotice): void {
  if (process.connected) process.send?.(notice, () => undefined);
}

const { end, isEnding } = processEnd({
  withinMs: END_WITHIN_MS,
  close: async () => {
    manager?.tell({ STOPPING: '1' });
    await app?.close();
    await manager?.close();
  },
  log,
});

/** A fault that nobody expected. With a guardian, it takes over at once; without, the outputs get their goodbye. */
function fail(failure: unknown): void {
  log.error({ failure: failure instanceof Error ? failure.stack : String(failure) }, 'an unexpected fault');
  if (process.connected) process.exit(1);
  void end(1);
}

async function start(options: EngineStart): Promise<void> {
  await setThreadNiceness(NICENESS).catch((failure: unknown) =>
    log.debug({ failure: messageOf(failure) }, 'the main thread has no priority of its own'),
  );
  app = await startApp({
    ...options,
    webRoot: fileURLToPath(new URL('dist/web/', projectRoot)),
    outputsHeld: options.isRestart,
    heartbeatFd: HEARTBEAT_FD,
    onHandover: (handover) => tell({ kind: 'handover', handover }),
    onBrightness: (shares) => tell({ kind: 'brightness', shares }),
    onRestartNeeded: () => tell({ kind: 'restart' }),
    redactor,
    log,
    recentLog,
  });
  const { url, obsUrl, wall } = app;
  wall.on('error', fail);
  wall.on('report', (report) => tell({ kind: 'report', report }));
  tell({ kind: 'ready', addresses: { url, obsUrl } });
  if (options.isRestart) await app.presentable(PRESENTABLE_WITHIN_MS);
  if (process.connected) tell({ kind: 'presentable' });
  else goOnAlone(app);
}

/** The guardian is gone, and its outputs with it: this process is the service now. */
function goOnAlone(running: App): void {
  running.observeGuardian(false);
  running.openOutputs();
  manager = ServiceManager.find({ ...process.env, WATCHDOG_PID: undefined });
  manager?.tell({ MAINPID: String(process.pid), STATUS: 'the guardian is gone; the wall goes on without it' });
  manager?.beatWhile(() => running.wall.statistics().ticking);
}

function refuse(failure: unknown): void {
  if (failure instanceof ConfigurationError) console.error(redactor.redact(failure.message));
  else if (failure instanceof GlasshallError) console.error(`${failure.code}: ${redactor.redact(failure.message)}`);
  else log.error({ failure: messageOf(failure) }, 'the service could not start');
  void end(1);
}

process.on('message', (request: EngineRequest) => {
  switch (request.kind) {
    case 'start':
      start(request.start).catch(refuse);
      return;
    case 'grant':
      app?.openOutputs();
      return;
    case 'close':
      void end(0);
  }
});
process.on('disconnect', () => {
  if (isEnding()) return;
  log.error({}, 'the guardian is gone: the wall goes on without it');
  if (app !== null) goOnAlone(app);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Ctrl-C reaches the whole group of processes: the guardian, while there is one, says what is to be done.
    if (!process.connected) void end(0);
  });
}
for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.on(event, fail);
setInterval(() => beats.beat(), BEAT_EVERY_MS).unref();
