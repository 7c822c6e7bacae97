import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openControlPlane, type ControlPlane, type ControlPlaneOptions } from '../../src/control/control-plane.js';
import { controlOptions } from '../../src/control/options.js';
import { silentLogger } from '../../src/core/logger.js';
import { RecentLog } from '../../src/core/recent-log.js';
import type { StoredOperators } from '../../src/operators/operator-file.js';
import { makeSalt, makeToken, secretOf } from '../../src/operators/token.js';
import { FakeEngine } from './fake-engine.js';

export const tokens = {
  viewer: 'viewer-token',
  guard: 'guard-token',
  operator: 'operator-token',
  admin: 'admin-token',
  /** Of somebody who was added by command. */
  made: makeToken(),
};

/** One operator for each role. */
export const operators = [
  { name: '看', role: 'viewer', token: tokens.viewer },
  { name: '守', role: 'guard', token: tokens.guard },
  { name: '李', role: 'operator', token: tokens.operator },
  { name: '王', role: 'admin', token: tokens.admin },
] as const;

const salt = makeSalt();

/** What the command keeps of one more operator. */
export const storedOperators: StoredOperators = {
  salt,
  operators: [{ name: '陈', role: 'operator', secret: secretOf(tokens.made, salt), madeAtMs: 1 }],
};

/** A control plane over a fake engine, on free ports of loopback, with small pages of its own. */
export type Hall = {
  readonly engine: FakeEngine;
  readonly control: ControlPlane;
  readonly url: string;
  close(): Promise<void>;
};

export async function openHall(given: { withOperators?: boolean } & Partial<ControlPlaneOptions> = {}): Promise<Hall> {
  const engine = new FakeEngine();
  const folder = await mkdtemp(join(tmpdir(), 'glasshall-control-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>control</title>');
  await writeFile(join(folder, 'screen.html'), '<!doctype html><title>screen</title>');
  await writeFile(join(folder, 'assets', 'index-1a2b3c.js'), 'export {};');
  const control = await openControlPlane({
    engine,
    control: controlOptions.parse(given.withOperators === true ? { operators } : {}),
    host: '127.0.0.1',
    port: 0,
    obsPort: 0,
    webRoot: folder,
    screenUpgrade: null,
    log: silentLogger,
    recentLog: new RecentLog(),
    ...given,
  });
  return {
    engine,
    control,
    url: `http://127.0.0.1:${control.port}`,
    close: async () => {
      await control.close();
      await rm(folder, { recursive: true });
    },
  };
}
