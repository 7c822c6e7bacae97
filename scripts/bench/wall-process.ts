import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Closable } from '../../src/core/closing.js';
import { projectRoot } from '../../src/core/project-root.js';
import type { Size } from '../../src/core/geometry.js';
import type { Addresses, ServiceNotice } from '../../src/guardian/messages.js';
import type { WallReport } from '../../src/wall/messages.js';

/** A camera that a wall under test pulls. */
export type BenchCamera = {
  readonly id: string;
  readonly name: string;
  readonly rtspMain: string;
  readonly rtspSub: string;
  /** host:port, where the camera is asked for its streams instead of being told. */
  readonly onvif?: string;
  readonly username: string;
  readonly password: string;
};

/** What the wall under test is made of; the rest of its configuration has its defaults. */
export type WallProcessOptions = {
  readonly cameras: readonly BenchCamera[];
  readonly size: Size;
  readonly framesPerSecond?: number;
  readonly layouts: readonly Record<string, unknown>[];
  readonly output: Record<string, unknown>;
  readonly onlyMainStreams?: boolean;
  /** Sources of counts; without them one to which nobody pushes. */
  readonly counts?: readonly Record<string, unknown>[];
  /** For the service's processes, beside our own environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where it keeps what was decided, when that is to outlive it. */
  readonly stateDirectory?: string;
  /** Further keys of `wall`. */
  readonly wall?: Record<string, unknown>;
};

/** The real service in a process of its own. */
export type WallProcess = Closable & {
  /** Of the guardian; everything else is below it. */
  readonly pid: number;
  /** Of the engine that runs now. */
  readonly enginePid: () => number;
  /** The configuration that it runs on: JSON, and therefore YAML. */
  readonly file: string;
  /** Where it keeps what was decided. */
  readonly stateDirectory: string;
  readonly url: string;
  readonly obsUrl: string;
  /** What the wall has reported so far, once a second. */
  readonly reports: readonly WallReport[];
  /** Calls back for every report until the returned function is called. */
  onReport(listener: (report: WallReport) => void): () => void;
};

/** Where benchmarks and the rehearsal keep the simulated cameras' pictures. */
export function benchCacheDirectory(): string {
  return fileURLToPath(new URL('.cache/rehearsal/', projectRoot));
}

/** Starts `dist/src/main.js` with a configuration written for the purpose; resolves when the wall is ready. */
export async function startWall(options: WallProcessOptions): Promise<WallProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'glasshall-bench-'));
  const file = join(folder, 'wall.yaml');
  // JSON is YAML: nothing to quote by hand.
  await writeFile(file, JSON.stringify(configurationOf(options), null, 2));
  const stateDirectory = options.stateDirectory ?? join(folder, 'state');
  const main = fileURLToPath(new URL('dist/src/main.js', projectRoot));
  const child = fork(main, ['--config', file, '--port', '0', '--obs-port', '0', '--state', stateDirectory], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      LOG_LEVEL: 'warn',
      ...process.env,
      BENCH_PASSWORD: options.cameras[0]?.password ?? '',
      ...options.environment,
    },
  });
  const reports: WallReport[] = [];
  const listeners = new Set<(report: WallReport) => void>();
  let enginePid = 0;
  child.on('message', (message: ServiceNotice) => {
    if (message.kind === 'ready') enginePid = message.enginePid;
    if (message.kind !== 'report') return;
    reports.push(message.report);
    for (const listener of listeners) listener(message.report);
  });
  const addresses = await readyAddresses(child).catch(async (failure: unknown) => {
    await end(child);
    throw failure;
  });
  return {
    pid: child.pid ?? 0,
    enginePid: () => enginePid,
    file,
    stateDirectory,
    ...addresses,
    reports,
    onReport: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configurationOf(options: WallProcessOptions): Record<string, unknown> {
  const { size } = options;
  return {
    wall: {
      name: 'bench',
      width: size.widthPx,
      height: size.heightPx,
      fps: options.framesPerSecond ?? 25,
      ...options.wall,
    },
    cameras: options.cameras.map((camera) => cameraOf(camera, options.onlyMainStreams === true)),
    layouts: options.layouts,
    counts: options.counts ?? [{ id: 'queue', type: 'push', staleAfter: '1h' }],
    ticker: { text: '当前等候 {queue.waiting} 人 · 正在办理 {queue.serving} · 监督电话 0813-0000000' },
    outputs: [{ id: 'screen', type: 'ddp', ...options.output }],
  };
}

function cameraOf(camera: BenchCamera, isOnlyMain: boolean): Record<string, unknown> {
  const { id, name, rtspMain, rtspSub, onvif, username } = camera;
  const credentials = { username, password: '${BENCH_PASSWORD}' };
  return onvif === undefined
    ? { id, name, rtsp: { main: rtspMain, ...(isOnlyMain ? {} : { sub: rtspSub }), ...credentials } }
    : { id, name, onvif: { address: onvif, ...credentials } };
}

/** The service tells its parent, if it has one, where it listens. */
async function readyAddresses(child: ChildProcess): Promise<Addresses> {
  const addresses = await new Promise<Addresses>((resolve, reject) => {
    child.on('message', (message: ServiceNotice) => {
      if (message.kind === 'ready') resolve(message.addresses);
    });
    child.once('exit', (code) =>
      reject(new Error(`the service ended with status ${String(code)} before it was ready`)),
    );
  });
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const answer = await fetch(`${addresses.url}/readyz`);
    if (answer.ok) return addresses;
    await sleep(50);
  }
  throw new Error('the service did not become ready within ten seconds');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
