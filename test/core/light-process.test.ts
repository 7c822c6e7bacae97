import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { canStartLightly, LightProcess } from '../../src/core/light-process.js';

afterEach(() => vi.unstubAllEnvs());

describe.runIf(canStartLightly)('a lightly started process', () => {
  it('has its three streams, its arguments as they were given, and its exit status', async () => {
    const child = new LightProcess('/bin/sh', ['-c', 'cat; echo "$1" >&2; exit 3', 'sh', 'a b "c" $d']);
    let output = '';
    let messages = '';
    child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()));
    child.stderr.on('data', (bytes: Buffer) => (messages += bytes.toString()));
    child.stdin.end('in and out');
    expect(await once(child, 'close')).toEqual([3, null]);
    expect({ output, messages }).toEqual({ output: 'in and out', messages: 'a b "c" $d\n' });
    expect(existsSync(`/proc/${child.pid}`)).toBe(false);
  });

  it('is given what programs need of the environment, and nothing that may be a secret', async () => {
    vi.stubEnv('HALL_PASSWORD', 'p@ss');
    vi.stubEnv('NOTIFY_SOCKET', '/run/systemd/notify');
    vi.stubEnv('LC_TIME', 'C.UTF-8');
    const child = new LightProcess('/usr/bin/env', []);
    let output = '';
    child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()));
    child.stderr.resume();
    expect(await once(child, 'close')).toEqual([0, null]);
    const names = output.split('\n').map((line) => line.split('=')[0]);
    expect(names).toEqual(expect.arrayContaining(['PATH', 'LC_TIME']));
    expect(names).not.toContain('HALL_PASSWORD');
    expect(names).not.toContain('NOTIFY_SOCKET');
    expect(output).not.toContain('p@ss');
  });

  it('hands on all of its output, in order, to whoever listens, several at the same time', async () => {
    const children = ['a', 'b'].map((name) => {
      const digest = createHash('sha256');
      const script = `for i in $(seq 1 200000); do echo ${name}$i; done`;
      const child = new LightProcess('/bin/sh', ['-c', script], (bytes) => digest.update(bytes));
      return { name, digest, ended: once(child, 'close') };
    });
    for (const { name, digest, ended } of children) {
      expect(await ended).toEqual([0, null]);
      const said = Array.from({ length: 200_000 }, (_, index) => `${name}${index + 1}\n`).join('');
      expect(digest.digest('hex')).toBe(createHash('sha256').update(said).digest('hex'));
    }
  });

  it('tells the signal that ended it', async () => {
    const child = new LightProcess('/bin/sleep', ['60']);
    child.stdout.resume();
    child.stderr.resume();
    expect(child.kill('SIGTERM')).toBe(true);
    expect(await once(child, 'close')).toEqual([null, 'SIGTERM']);
    expect(child.kill('SIGTERM')).toBe(false);
  });

  it('says why a program cannot be started, and leaves no descriptor open', async () => {
    const { readdirSync } = await import('node:fs');
    const before = readdirSync('/proc/self/fd').length;
    expect(() => new LightProcess('/no/such/program', [])).toThrow(
      expect.objectContaining({ code: 'ENOENT' }) as Error,
    );
    expect(readdirSync('/proc/self/fd').length).toBe(before);
  });
});
