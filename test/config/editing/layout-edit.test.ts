import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { layoutEdit, type LayoutEdit } from '../../../src/config/editing/layout-edit.js';
import { sameCells } from '../../../src/config/editing/layout-splices.js';
import { editText, type EditedText } from '../../../src/config/editing/text-edit.js';
import { readConfiguration } from '../../../src/config/load.js';
import { ConfigurationError } from '../../../src/config/problems.js';
import type { SecretStore } from '../../../src/config/secrets.js';
import { GlasshallError } from '../../../src/core/errors.js';
import type { Cell, Layout } from '../../../src/layout/layout.js';

const store: SecretStore = {
  environment: { PASSWORD: 'secret', HALL: '西墙' },
  readFile: (path) => path,
};

const head = `# A hall.
wall:   { name: '\${HALL}', width: 960, height: 540 }   # in pixels

cameras:
  - { id: lobby,   name: "大厅", rtsp: { main: "rtsp://192.0.2.1/main", password: "\${PASSWORD}", username: viewer } }
  - { id: windows, name: 窗口, rtsp: { main: 'rtsp://192.0.2.2/main' } }
`;
const tail = `
# What the line says.
ticker: { text: '欢迎' } # \${NOT} a reference
outputs: [ { id: screen, type: ddp, host: 127.0.0.1 } ]
`;
const cells = `layouts:
  # Everything at once.
  - id: side-by-side   # kept
    name: '大厅与窗口' # quoted
    cells:
      # left
      - { source: lobby,   x: 0,   y: 0, width: 50%, height: 100% } # the lobby
      - { source: windows, x: 50%, y: 0, width: 50%, height: 100%, fit: contain }

  # At night.
  - id: night
    name: 夜间
    rows: [1fr, 48px] # a line below
    areas: |
      lobby
      ticker
    gap: 0
`;

const opened = (text: string): EditedText => ({ text, loaded: readConfiguration(text, 'hall.yaml', store) });
const edit = (text: string, change: LayoutEdit): string => editLayouts(opened(text), 'hall.yaml', change, store).text;

function editLayouts(before: EditedText, file: string, change: LayoutEdit, secrets: SecretStore): EditedText {
  return editText(before, file, layoutEdit(before, change), secrets);
}
const save = (text: string, layout: Layout, replaces: string | null = layout.id): string =>
  edit(text, { kind: 'save', layout, replaces });

function layoutIn(text: string, id: string): Layout {
  const layout = opened(text).loaded.layouts.find((candidate) => candidate.id === id);
  if (layout === undefined) throw new Error(`no layout ${id}`);
  return layout;
}

const cell = (id: string, source: string, x: number, y: number, widthPx: number, heightPx: number, z = 0): Cell => ({
  id,
  source,
  rectangle: { x, y, widthPx, heightPx },
  z,
  fit: 'cover',
});

/** The lines of which one text differs from the other, without those that both have. */
function changedLines(before: string, after: string): { gone: string[]; come: string[] } {
  const [old, young] = [before.split('\n'), after.split('\n')];
  return { gone: old.filter((line) => !young.includes(line)), come: young.filter((line) => !old.includes(line)) };
}

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (failure) {
    if (failure instanceof GlasshallError) return failure.code;
    throw failure;
  }
  return 'nothing';
};

describe('a layout in the text of a configuration', () => {
  const text = head + cells + tail;

  it('is saved unchanged without a byte changed', () => {
    for (const id of ['side-by-side', 'night']) expect(save(text, layoutIn(text, id))).toBe(text);
  });

  it('gets another name, and nothing else changes', () => {
    const after = save(text, { ...layoutIn(text, 'side-by-side'), name: "大厅: '东'" });
    expect(changedLines(text, after)).toEqual({
      gone: ["    name: '大厅与窗口' # quoted"],
      come: ["    name: '大厅: ''东''' # quoted"],
    });
  });

  it('gets a moved cell, and keeps every comment', () => {
    const before = layoutIn(text, 'side-by-side');
    const [left, right] = before.cells;
    if (left === undefined || right === undefined) throw new Error('two cells');
    const moved = { ...left, z: 2, rectangle: { ...left.rectangle, x: 10, widthPx: 400 } };
    const after = save(text, { ...before, cells: [moved, right] });
    expect(changedLines(text, after)).toEqual({
      gone: ['      - { source: lobby,   x: 0,   y: 0, width: 50%, height: 100% } # the lobby'],
      come: ['      - { source: lobby,   x: 10,   y: 0, width: 400, height: 100%, z: 2 } # the lobby'],
    });
  });

  it('gets and loses cells, and those that stay keep their ids', () => {
    const before = layoutIn(text, 'side-by-side');
    const right = before.cells.find(({ id }) => id === 'cell-2');
    if (right === undefined) throw new Error('a cell on the right');
    const after = save(text, { ...before, cells: [right, cell('cell-3', 'clock', 0, 0, 200, 60)] });
    expect(changedLines(text, after)).toEqual({
      gone: [
        '      - { source: lobby,   x: 0,   y: 0, width: 50%, height: 100% } # the lobby',
        '      - { source: windows, x: 50%, y: 0, width: 50%, height: 100%, fit: contain }',
      ],
      come: [
        '      - { id: cell-2, source: windows, x: 50%, y: 0, width: 50%, height: 100%, fit: contain }',
        '      - { id: cell-3, source: clock, x: 0, y: 0, width: 200, height: 60 }',
      ],
    });
  });

  it('becomes rectangles where it was drawn, and its cells keep the names of their areas', () => {
    const before = layoutIn(text, 'night');
    const after = save(text, {
      ...before,
      cells: [cell('lobby', 'lobby', 0, 0, 960, 480), cell('ticker', 'ticker', 0, 480, 960, 60)],
    });
    const lines = [
      '    cells:',
      '      - { id: lobby, source: lobby, x: 0, y: 0, width: 960, height: 480 }',
      '      - { id: ticker, source: ticker, x: 0, y: 480, width: 960, height: 60 }',
    ];
    expect(after).toBe(text.replace(/ {4}rows: [^]*gap: 0\n/, () => lines.map((line) => `${line}\n`).join('')));
  });

  it('is added after the others, as they are spaced', () => {
    const layout = { id: 'new', name: 'yes', cells: [cell('cell-1', 'lobby', 0, 0, 960, 540)] };
    const after = save(text, layout, null);
    const added =
      "\n  - id: new\n    name: 'yes'\n    cells:\n      - { source: lobby, x: 0, y: 0, width: 960, height: 540 }\n";
    expect(after).toBe(text.replace('    gap: 0\n', () => `    gap: 0\n${added}`));
    expect(edit(after, { kind: 'delete', layout: 'new' })).toBe(text.replace('    gap: 0\n', '    gap: 0\n\n'));
  });

  it('is deleted with the comment above it', () => {
    const after = edit(text, { kind: 'delete', layout: 'night' });
    expect(after).toBe(head + cells.replace(/ {2}# At night[^]*$/, '') + tail);
  });

  it.each([
    ['with line breaks of Windows', (plain: string) => plain.replaceAll('\n', '\r\n')],
    ['behind a byte order mark', (plain: string) => `\uFEFF${plain}`],
    ['without a line break at the end', (plain: string) => plain.trimEnd()],
  ])('is changed, added and deleted in a text %s', (_name, made) => {
    const base = made(head + tail + cells);
    const wanted = { ...layoutIn(base, 'night'), cells: [cell('lobby', 'lobby', 0, 0, 960, 540)] };
    const changed = save(base, wanted);
    expect(sameCells(layoutIn(changed, 'night').cells, wanted.cells)).toBe(true);
    const more = save(changed.trimEnd(), { ...wanted, id: 'more', name: '更多' }, null);
    expect(more.startsWith(base.slice(0, (head + tail).length))).toBe(true);
    expect(edit(more, { kind: 'delete', layout: 'more' }).trimEnd()).toBe(changed.trimEnd());
    if (base.includes('\r\n')) expect(more).not.toMatch(/[^\r]\n/);
  });

  it('is changed where it stands between brackets', () => {
    const flow = `${head}layouts: [ { id: a, name: 甲, areas: lobby }, { id: b, name: 乙, cells: [ { source: lobby, x: 0, y: 0, width: 100%, height: 100% } ] } ] # two${tail}`;
    const b = save(flow, {
      ...layoutIn(flow, 'b'),
      cells: [cell('cell-1', 'windows', 0, 0, 960, 270), cell('cell-2', 'lobby', 0, 270, 960, 270)],
    });
    expect(changedLines(flow, b).come).toEqual([
      'layouts: [ { id: a, name: 甲, areas: lobby }, { id: b, name: 乙, cells: [ { source: windows, x: 0, y: 0, width: 100%, height: 270 }, { source: lobby, x: 0, y: 270, width: 960, height: 270 } ] } ] # two',
    ]);
    const a = save(flow, { ...layoutIn(flow, 'a'), cells: [cell('lobby', 'lobby', 0, 0, 480, 540)] });
    expect(a).toContain(
      '[ { id: a, name: 甲, cells: [{ id: lobby, source: lobby, x: 0, y: 0, width: 480, height: 540 }] }, {',
    );
    expect(edit(flow, { kind: 'delete', layout: 'a' })).toContain('layouts: [ { id: b,');
    expect(edit(flow, { kind: 'delete', layout: 'b' })).toContain(
      'layouts: [ { id: a, name: 甲, areas: lobby } ] # two',
    );
  });

  it('is left alone where a change would reach farther than the layout', () => {
    const anchored = `${head}layouts:
  - &base { id: a, name: 甲, cells: &cells [ { source: lobby, x: 0, y: 0, width: 100%, height: 100% } ] }
  - { id: b, name: 乙, cells: *cells }
${tail}`;
    const wanted = [cell('cell-1', 'lobby', 0, 0, 480, 540)];
    expect(codeOf(() => save(anchored, { ...layoutIn(anchored, 'a'), cells: wanted }))).toBe('layout-not-editable');
    expect(save(anchored, { ...layoutIn(anchored, 'b'), cells: wanted })).toContain(
      '{ id: b, name: 乙, cells: [{ source: lobby, x: 0, y: 0, width: 480, height: 540 }] }',
    );
  });

  it('that cannot be meant is refused with line, key and mend', () => {
    const layout = { ...layoutIn(text, 'side-by-side'), cells: [cell('cell-1', 'lobbi', 0, 0, 2_000, 540)] };
    try {
      save(text, layout);
      expect.unreachable();
    } catch (failure) {
      if (!(failure instanceof ConfigurationError)) throw failure;
      const line = text.split('\n').findIndex((content) => content.includes('source: lobby,   x')) + 1;
      expect(failure.problems).toMatchObject([
        { code: 'cell-off-wall', path: 'layouts[0].cells[0]', line },
        {
          code: 'unknown-source',
          path: 'layouts[0].cells[0].source',
          line,
          mend: expect.stringContaining('lobby') as string,
        },
      ]);
    }
    expect(codeOf(() => edit(text, { kind: 'delete', layout: 'gone' }))).toBe('unknown-layout');
  });

  it('of every example is taken apart and put together without the rest being touched', () => {
    for (const name of ['small-hall', 'large-hall', 'rehearsal']) {
      const example = readFileSync(new URL(`../../../config/${name}.yaml`, import.meta.url), 'utf8');
      const environment = Object.fromEntries(
        [...example.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, key]) => [
          key ?? '',
          key?.includes('QUEUE') === true
            ? 'http://127.0.0.1/'
            : key?.includes('PORT') === true
              ? '4048'
              : key?.includes('TOKEN') === true
                ? key
                : '127.0.0.1',
        ]),
      );
      const given = { ...store, environment };
      const loaded = readConfiguration(example, name, given);
      for (const layout of [loaded.layouts[0], loaded.layouts.at(-1)]) {
        if (layout === undefined) throw new Error('an example without layouts');
        const cells = layout.cells.map((old) => ({
          ...old,
          rectangle: { ...old.rectangle, widthPx: old.rectangle.widthPx - 2 },
        }));
        const changed = editLayouts(
          { text: example, loaded },
          name,
          { kind: 'save', layout: { ...layout, cells }, replaces: layout.id },
          given,
        );
        const back = editLayouts(changed, name, { kind: 'save', layout, replaces: layout.id }, given);
        const [start = '', end = ''] = example.split(new RegExp(`- id: ${layout.id}\\n[^]*?(?=\\n  - id|\\n\\n|$)`));
        expect(back.text.startsWith(start) && back.text.endsWith(end), layout.id).toBe(true);
        expect(back.loaded.layouts.find(({ id }) => id === layout.id)?.cells.length).toBe(layout.cells.length);
      }
    }
  });
});
