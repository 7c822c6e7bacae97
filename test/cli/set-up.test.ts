import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/set-up.sh', import.meta.url));

/** A project as small as the script can take: its build copies every source to `dist` and counts how often it ran. */
const BUILD = `
const fs = require('node:fs');
fs.mkdirSync('dist/src', { recursive: true });
fs.mkdirSync('dist/web', { recursive: true });
for (const name of fs.readdirSync('src')) fs.copyFileSync('src/' + name, 'dist/src/' + name.replace('.ts', '.js'));
fs.writeFileSync('dist/web/index.html', '');
fs.appendFileSync('builds', 'x');
`;

/** What the loader says when both libraries are installed. */
const LIBRARIES = `printf '\\tlibyuv.so.0 (libc6,x86-64) => /usr/lib/libyuv.so.0\\n\\tlibturbojpeg.so.0 (libc6,x86-64) => /x\\n'`;

let folder: string;
let stubs: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'glasshall-set-up-'));
  stubs = join(folder, 'stubs');
  await mkdir(join(folder, 'scripts'));
  await mkdir(join(folder, 'src'));
  await mkdir(join(folder, 'config'));
  await mkdir(stubs);
  await copyFile(script, join(folder, 'scripts/set-up.sh'));
  await writeFile(join(folder, 'build.cjs'), BUILD);
  await writeFile(join(folder, 'src/main.ts'), 'export {};\n');
  await writeFile(join(folder, 'config/vite.config.ts'), '');
  await writeFile(join(folder, 'tsconfig.json'), '{}');
  const manifest = { name: 'small', version: '1.0.0', scripts: { build: 'node build.cjs' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeLock({});
  await stub('dpkg-query', 'shift 3; for package in "$@"; do printf "installed=%s " "$package"; done');
  await stub('apt-get', 'echo "$DEBIAN_FRONTEND apt-get $*" >>"$(dirname "$0")/../calls"');
  await stub('id', 'echo 0');
  await stub('ldconfig', LIBRARIES);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function stub(name: string, body: string): Promise<void> {
  await writeFile(join(stubs, name), `#!/bin/sh\n${body}\n`);
  await chmod(join(stubs, name), 0o755);
}

async function writeLock(extra: object): Promise<void> {
  const lock = {
    name: 'small',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { '': { name: 'small', version: '1.0.0', ...extra } },
  };
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
}

function setUp(...options: string[]): Promise<{ status: number; words: string }> {
  return new Promise((resolve) => {
    const environment = { ...process.env, PATH: `${stubs}:${process.env['PATH'] ?? ''}`, NODE_ENV: 'production' };
    execFile(
      'sh',
      [join(folder, 'scripts/set-up.sh'), ...options],
      { cwd: tmpdir(), env: environment },
      (failure, stdout, stderr) => {
        resolve({ status: failure === null ? 0 : Number(failure.code), words: stdout + stderr });
      },
    );
  });
}

const contentOf = (name: string): Promise<string> => readFile(join(folder, name), 'utf8').catch(() => '');
const exists = (name: string): Promise<boolean> =>
  stat(join(folder, name)).then(
    () => true,
    () => false,
  );
const builds = async (): Promise<number> => (await contentOf('builds')).length;

describe('set-up', () => {
  it('installs and builds once, and says nothing when nothing is missing', async () => {
    const first = await setUp();
    expect(first).toMatchObject({ status: 0 });
    expect(first.words).toContain('installing node modules');
    expect(await exists('dist/src/main.js')).toBe(true);
    expect(await setUp()).toEqual({ status: 0, words: '' });
    expect(await builds()).toBe(1);
    expect(await contentOf('calls')).toBe('');
  });

  it('builds again when a source changed, came or went, and removes what a deleted source left behind', async () => {
    await setUp();
    await writeFile(join(folder, 'src/main.ts'), 'export const changed = true;\n');
    await writeFile(join(folder, 'src/second.ts'), 'export {};\n');
    await setUp();
    expect(await builds()).toBe(2);
    expect(await exists('dist/src/second.js')).toBe(true);
    await rm(join(folder, 'src/second.ts'));
    await setUp();
    expect(await builds()).toBe(3);
    expect(await exists('dist/src/second.js')).toBe(false);
  });

  it('builds again when the build was thrown away, and installs again when the lock file changed', async () => {
    await setUp();
    await rm(join(folder, 'dist'), { recursive: true });
    await setUp();
    expect(await builds()).toBe(2);
    await writeLock({ license: 'MIT' });
    const again = await setUp();
    expect(again.words).toContain('installing node modules');
  });

  it('installs missing Debian packages without a question where it may', async () => {
    await stub('dpkg-query', 'printf "installed=ffmpeg "');
    await stub('fc-list', 'exit 0');
    expect((await setUp()).status).toBe(0);
    const calls = (await contentOf('calls')).trim().split('\n');
    expect(calls).toHaveLength(2);
    expect(calls[0]).toMatch(/^noninteractive apt-get .* update$/);
    expect(calls[1]).toMatch(/^noninteractive apt-get -q -y .* install --no-install-recommends fonts-noto-cjk$/);
  });

  it('asks for the packages of the tests only when told so', async () => {
    await stub('dpkg-query', 'printf "installed=ffmpeg installed=fonts-noto-cjk installed=chromium installed=tshark "');
    await setUp();
    expect(await contentOf('calls')).toBe('');
    await setUp('--for-tests');
    expect(await contentOf('calls')).toMatch(
      /install --no-install-recommends .*python3-gi gir1\.2-gst-rtsp-server-1\.0/,
    );
  });

  it('goes through sudo where that asks for no password', async () => {
    await stub('dpkg-query', 'printf "installed=ffmpeg "');
    await stub('fc-list', 'exit 0');
    await stub('id', 'echo 1000');
    await stub('sudo', 'echo "sudo $1" >>"$(dirname "$0")/../calls"; shift; "$@"');
    expect((await setUp()).status).toBe(0);
    expect(await contentOf('calls')).toMatch(
      /sudo -n\nnoninteractive apt-get .*install --no-install-recommends fonts-noto-cjk/,
    );
  });

  it('otherwise prints the exact line to run, and ends with status 1', async () => {
    await stub('dpkg-query', 'printf "installed=ffmpeg "');
    await stub('fc-list', 'exit 0');
    await stub('id', 'echo 1000');
    await stub('sudo', 'exit 1');
    const ended = await setUp();
    expect(ended.status).toBe(1);
    expect(ended.words).toContain(
      '\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends fonts-noto-cjk \n',
    );
    expect(await contentOf('calls')).toBe('');
    expect(await exists('node_modules')).toBe(false);
  });

  it('ends with what apt-get said when that fails', async () => {
    await stub('dpkg-query', 'printf "installed=ffmpeg "');
    await stub('fc-list', 'exit 0');
    await stub('apt-get', 'echo "E: Unable to locate package fonts-noto-cjk"; exit 100');
    const ended = await setUp();
    expect(ended.status).toBe(1);
    expect(ended.words).toContain('E: Unable to locate package fonts-noto-cjk');
    expect(await builds()).toBe(0);
  });

  it('installs what makes pictures cheaper, once and beside other work, and goes on where that fails', async () => {
    await stub('dpkg-query', 'printf "installed=ffmpeg installed=fonts-noto-cjk "');
    await stub('ldconfig', 'exit 0');
    await stub('apt-get', 'echo "apt-get $*" >>"$(dirname "$0")/../calls"; exit 100');
    const ended = await setUp();
    expect(ended.status).toBe(0);
    expect(ended.words).toContain('it works without them');
    expect(await contentOf('calls')).toMatch(/^apt-get .* install --no-install-recommends libturbojpeg0 libyuv0\n$/);
    expect(await setUp()).toEqual({ status: 0, words: '' });
    await rm(join(folder, 'dist'), { recursive: true });
    await stub('ldconfig', LIBRARIES);
    expect((await setUp()).words).not.toContain('pictures');
  });

  it('leaves that out without a word where nobody may install', async () => {
    await stub('dpkg-query', 'printf "installed=ffmpeg installed=fonts-noto-cjk "');
    await stub('ldconfig', 'exit 0');
    await stub('id', 'echo 1000');
    await stub('sudo', 'exit 1');
    const ended = await setUp();
    expect(ended.status).toBe(0);
    expect(ended.words).not.toContain('cheaper');
    expect(await contentOf('calls')).toBe('');
  });

  it('ends with status 1 when the build fails, and tries again the next time', async () => {
    await writeFile(join(folder, 'build.cjs'), 'process.exit(1);');
    expect((await setUp()).status).toBe(1);
    await writeFile(join(folder, 'build.cjs'), BUILD);
    expect((await setUp()).status).toBe(0);
    expect(await builds()).toBe(1);
  });

  it('works once when started twice at the same time', async () => {
    const both = await Promise.all([setUp(), setUp()]);
    expect(both.map(({ status }) => status)).toEqual([0, 0]);
    expect(await builds()).toBe(1);
    expect(await exists('.cache/set-up.lock')).toBe(false);
  });

  it('takes over the lock of a set-up that was killed', async () => {
    await mkdir(join(folder, '.cache/set-up.lock'), { recursive: true });
    // No process has this number: it is beyond what Linux gives out.
    await writeFile(join(folder, '.cache/set-up.lock/pid'), '4194305\n');
    expect((await setUp()).status).toBe(0);
  });

  it('refuses a Node that is too old, and options that it does not know', async () => {
    expect((await setUp('--everything')).status).toBe(2);
    await stub('node', 'echo v20.18.9');
    const ended = await setUp();
    expect(ended.status).toBe(1);
    expect(ended.words).toContain('20.19.0');
    await stub(
      'node',
      'if [ "$1" = --version ]; then echo v22.9.0; else exec REAL "$@"; fi'.replace('REAL', process.execPath),
    );
    expect((await setUp()).status).toBe(0);
  });
});
