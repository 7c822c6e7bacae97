import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadConfiguration, readConfiguration, type LoadedConfiguration } from '../../src/config/load.js';
import { exposureProblem } from '../../src/config/exposure.js';
import { ConfigurationError, type Problem } from '../../src/config/problems.js';
import type { SecretStore } from '../../src/config/secrets.js';

const project = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const secrets = (environment: Record<string, string>, files: Record<string, string> = {}): SecretStore => ({
  environment,
  readFile: (path) => {
    const content = files[path];
    if (content === undefined) throw new Error(`no file ${path}`);
    return content;
  },
});

const read = (text: string, store = secrets({})): LoadedConfiguration => readConfiguration(text, 'hall.yaml', store);

function problemsOf(text: string, store = secrets({})): readonly Problem[] {
  try {
    read(text, store);
  } catch (failure) {
    if (failure instanceof ConfigurationError) return failure.problems;
    throw failure;
  }
  return [];
}

/** The example of the interface description, with the camera that it leaves out. */
const EXAMPLE = `
wall: { name: 政务服务中心西墙, width: 960, height: 540, fps: 25 }
cameras:
  - { id: window-a, name: 综合窗口 A 区, onvif: { address: 192.168.10.21, username: viewer, password: "\${HALL_CAMERA_PASSWORD}" } }
  - { id: window-b, name: 综合窗口 B 区, onvif: { address: 192.168.10.22, username: viewer, password: "\${HALL_CAMERA_PASSWORD}" } }
  - { id: lobby, name: 大厅, rtsp: { main: "rtsp://192.168.10.30/main", sub: "rtsp://192.168.10.30/sub" } }
layouts:
  - id: one-and-two                # drawn as text, the way CSS grid-template-areas are
    name: 大厅与窗口
    columns: [2fr, 1fr]
    rows: [1fr, 1fr, 48px]
    areas: |
      lobby  window-a
      lobby  window-b
      ticker ticker
  - id: picture-in-picture         # or as rectangles, in wall pixels or per cent; a higher z is on top
    name: 画中画
    cells:
      - { source: lobby, x: 0, y: 0, width: 100%, height: 100% }
      - { source: window-a, x: 68%, y: 4%, width: 28%, height: 28%, z: 1, fit: cover }
counts:
  - { id: queue, type: http, url: "http://192.168.10.5/queue.json", every: 2s, staleAfter: 30s,
      fields: { waiting: $.ticketsToServe, serving: $.ticketServedLabel } }
ticker: { text: "当前等候 {queue.waiting} 人 · 正在办理 {queue.serving} · 监督电话 0813-0000000", speed: 70 }   # characters a minute
outputs:
  - { id: screen, type: ddp, host: 192.168.10.60 }
control: { operators: [ { name: 李, role: operator, token: "\${TOKEN_LI}" } ] }
`;

const SMALL = `
wall: { name: 西墙, width: 960, height: 540 }
cameras: [{ id: lobby, name: 大厅, rtsp: { main: "rtsp://192.168.10.30/main", password: PASSWORD } }]
layouts: [{ id: one, name: 一, areas: lobby }]
outputs: [{ id: screen, type: ddp, host: 192.168.10.60, port: PORT }]
`;
const small = (password: string, port = '4048'): string =>
  SMALL.replace('PASSWORD', () => password).replace('PORT', () => port);

describe('configuration', () => {
  it('loads the example of the interface', () => {
    const loaded = read(EXAMPLE, secrets({ HALL_CAMERA_PASSWORD: 'p@ss w:/rd#1%&', TOKEN_LI: 'correct-horse' }));
    expect(loaded.layouts.map(({ id }) => id)).toEqual(['one-and-two', 'picture-in-picture']);
    expect(loaded.configuration.cameras[0]?.onvif?.password).toBe('p@ss w:/rd#1%&');
    expect(loaded.configuration.counts[0]).toMatchObject({ every: 2_000, staleAfter: 30_000 });
    expect([...loaded.secrets].sort()).toEqual(['correct-horse', 'p@ss w:/rd#1%&']);
  });

  it.each(['small-hall', 'large-hall', 'rehearsal'])('loads the example %s.yaml', async (name) => {
    const anything: Record<string, string> = new Proxy(
      {},
      { get: (_, key) => (String(key).endsWith('PORT') ? '4048' : `http://127.0.0.1/${String(key)}`) },
    );
    const store: SecretStore = { environment: anything, readFile: (path) => `secret of ${path}\n` };
    const loaded = await loadConfiguration(project(`config/${name}.yaml`), store);
    expect(loaded.layouts.length).toBe(loaded.configuration.layouts.length);
    expect(loaded.layouts.length).toBeGreaterThan(0);
  });

  it('reports everything that is wrong in one go, by line', () => {
    const problems = problemsOf(`
wall: { name: 西墙, width: 960, height: 540, colour: red }
cameras:
  - { id: lobby, name: 大厅, rtsp: { main: "http://192.168.10.30/main" } }
  - { id: lobby2, nmae: 大厅, rtsp: { main: "rtsp://192.168.10.30/main" } }
layouts:
  - { id: one, name: 一, areas: lobi }
  - { id: two, name: 二, cells: [{ source: lobby, x: 0, y: 0, width: 961, height: 540 }] }
outputs:
  - { id: screen, type: ddp, host: 192.168.10.60, area: { x: 0, y: 0, width: 10, height: 541 } }
ticker: { text: "{queue.waiting}", speed: 5 }
`);
    expect(problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '2 unknown-key',
      '4 bad-value',
      '5 missing',
      '5 unknown-key',
      '7 unknown-source',
      '8 cell-off-wall',
      '10 area-off-wall',
      '11 unknown-count',
      '11 too-small',
    ]);
  });

  it('fills secrets in from environment and files, wherever they stand in a text', () => {
    const store = secrets({ USER_NAME: 'viewer' }, { '/run/secrets/camera': 'p@ss w#rd\n' });
    const { configuration, secrets: hidden } = read(small('"${file:/run/secrets/camera}"'), store);
    expect(configuration.cameras[0]?.rtsp?.password).toBe('p@ss w#rd');
    expect(hidden).toContain('p@ss w#rd');
    expect(read(small('"a-${USER_NAME}-b"'), store).configuration.cameras[0]?.rtsp?.password).toBe('a-viewer-b');
    expect(read(small('"$${USER_NAME}"'), store).configuration.cameras[0]?.rtsp?.password).toBe('${USER_NAME}');
  });

  it('takes a password of digits as text and a port from the environment as a number', () => {
    const { configuration } = read(small('"${DIGITS}"', '"${PORT}"'), secrets({ DIGITS: '12345678', PORT: '4100' }));
    expect(configuration.cameras[0]?.rtsp?.password).toBe('12345678');
    expect(configuration.outputs[0]).toMatchObject({ port: 4_100 });
    expect(problemsOf(small('x', '"${PORT}"'), secrets({ PORT: 'abc' }))).toMatchObject([
      { code: 'wrong-type', path: 'outputs[0].port' },
    ]);
    expect(problemsOf(small('x', '"${PORT}"'), secrets({ PORT: '70000' }))).toMatchObject([
      { code: 'too-large', path: 'outputs[0].port' },
    ]);
  });

  it('tells of an unset secret once, however often it is asked for, and of nothing that follows from it', () => {
    const problems = problemsOf(small('"${NOT_SET}"', '"${NOT_SET}"'));
    expect(problems).toMatchObject([{ code: 'unset-secret', path: 'cameras[0].rtsp.password' }]);
  });

  it('never repeats a secret in an error', () => {
    const text =
      small('x').replace('rtsp://192', 'http://viewer:hunter22@192') +
      'control: { operators: [{ name: 李, token: hunter2 }] }\n';
    const words = problemsOf(text).map((problem) => `${problem.message} ${problem.mend}`);
    expect(words).toHaveLength(2);
    expect(words.join('\n')).not.toContain('hunter2');
  });

  it('points into the drawing of a layout', () => {
    const text = EXAMPLE.replace('lobby  window-b', 'lobby  window-x');
    const [problem] = problemsOf(text, secrets({ HALL_CAMERA_PASSWORD: 'x', TOKEN_LI: 'correct-horse' }));
    const line = text.split('\n').findIndex((content) => content.includes('window-x'));
    expect(problem).toMatchObject({ code: 'unknown-source', line: line + 1, column: 14 });
  });

  it('knows mistakes behind an alias at the place of the anchor', () => {
    const problems = problemsOf(`
wall: { name: 西墙, width: 960, height: 540 }
cameras:
  - { id: lobby, name: 大厅, rtsp: &door { main: "http://192.168.10.30/main" } }
  - { id: door, name: 门, rtsp: *door }
layouts: [{ id: one, name: 一, areas: lobby }]
outputs: [{ id: screen, type: ddp, host: 192.168.10.60 }]
`);
    expect(problems.map(({ line, path }) => `${line} ${path}`)).toEqual([
      '4 cameras[0].rtsp.main',
      '4 cameras[1].rtsp.main',
    ]);
  });

  it('refuses files that are not there, are folders, are not text or far too large', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'glasshall-config-'));
    try {
      await writeFile(join(folder, 'binary.yaml'), Buffer.from([0xff, 0xfe, 0x00, 0x41]));
      await writeFile(join(folder, 'large.yaml'), `# ${'x'.repeat(5 * 1024 * 1024)}`);
      const codes = [];
      for (const name of ['absent.yaml', '.', 'binary.yaml', 'large.yaml']) {
        const failure: unknown = await loadConfiguration(join(folder, name)).catch((reason: unknown) => reason);
        codes.push(failure instanceof ConfigurationError ? failure.problems[0]?.code : failure);
      }
      expect(codes).toEqual(['no-file', 'no-file', 'not-utf8', 'file-too-large']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('open control', () => {
  const nobody = { operators: [], origins: [] };
  const somebody = { operators: [{ name: '李', role: 'operator' as const, token: 'correct-horse' }], origins: [] };

  it.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1', '[::1]'])('is allowed on %s', (host) => {
    expect(exposureProblem(host, nobody, false)).toBeNull();
  });

  it.each(['0.0.0.0', '192.168.1.5', '::', 'hall.example', '127.0.0.1.evil.example'])('is refused on %s', (host) => {
    expect(exposureProblem(host, nobody, false)?.code).toBe('open-control');
    expect(exposureProblem(host, somebody, false)).toBeNull();
    expect(exposureProblem(host, nobody, true)).toBeNull();
  });
});
