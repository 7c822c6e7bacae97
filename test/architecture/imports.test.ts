import { describe, expect, it } from 'vitest';
import { folderOf, readSources, type SourceFile } from './source-files.js';

/**
 * Which folder of `src` may import which. `code` is there when the program runs; `types` are gone by then, and code is allowed as a type, too.
 * Data flows one way, so this has no circle; whoever needs more wants another place for what he writes.
 */
const MAY_IMPORT: Readonly<Record<string, { readonly code: readonly string[]; readonly types?: readonly string[] }>> = {
  core: { code: [] },
  audit: { code: ['core'] },
  'as-run': { code: ['audit', 'core', 'switcher'], types: ['control', 'layout'] },
  layout: { code: ['core'] },
  'layout-desk': { code: ['config', 'core', 'layout', 'state'], types: ['control', 'switcher'] },
  'programme-desk': { code: ['automation', 'config', 'core'], types: ['control', 'switcher'] },
  counts: { code: ['core'] },
  ffmpeg: { code: ['core'] },
  rtsp: { code: ['core'] },
  output: { code: ['core', 'ffmpeg', 'rtsp'] },
  controller: { code: ['core', 'output'] },
  paint: { code: ['core'], types: ['wall'] },
  ticker: { code: ['core', 'paint'] },
  source: { code: ['core', 'paint', 'ticker'], types: ['counts'] },
  camera: { code: ['core', 'ffmpeg'] },
  state: { code: ['core'] },
  operators: { code: ['core', 'state'] },
  switcher: { code: ['core', 'layout'] },
  automation: { code: ['core', 'layout'], types: ['switcher'] },
  brightness: { code: ['core'] },
  pattern: { code: ['core', 'paint'], types: ['wall'] },
  wall: { code: ['core', 'output', 'pattern', 'ticker'] },
  engine: {
    code: [
      'brightness',
      'camera',
      'controller',
      'core',
      'counts',
      'layout',
      'output',
      'paint',
      'pattern',
      'source',
      'switcher',
      'ticker',
      'wall',
    ],
    types: ['automation', 'control'],
  },
  control: {
    code: ['core', 'layout', 'operators'],
    types: [
      'audit',
      'automation',
      'brightness',
      'camera',
      'config',
      'controller',
      'counts',
      'output',
      'pattern',
      'switcher',
      'ticker',
      'wall',
    ],
  },
  config: { code: ['automation', 'brightness', 'core', 'layout'] },
  rehearsal: { code: ['core', 'ffmpeg', 'paint', 'rtsp'], types: ['config'] },
  // Small and apart: it knows how to send a picture, and nothing of how one is made.
  guardian: { code: ['core', 'output'], types: ['wall'] },
  cli: {
    code: [
      'audit',
      'camera',
      'config',
      'controller',
      'core',
      'counts',
      'layout',
      'operators',
      'output',
      'paint',
      'source',
      'state',
    ],
  },
  web: { code: ['core'], types: ['control', 'rehearsal', 'ticker'] },
  // The composition root sees everything but the tools beside it and the pages.
  '.': {
    code: [
      'as-run',
      'audit',
      'automation',
      'brightness',
      'camera',
      'config',
      'control',
      'controller',
      'core',
      'counts',
      'engine',
      'guardian',
      'layout',
      'layout-desk',
      'operators',
      'output',
      'paint',
      'programme-desk',
      'rehearsal',
      'source',
      'state',
      'switcher',
      'ticker',
      'wall',
    ],
  },
};

/** Single files that may be imported from farther away than their folder. */
const OPEN_FILES: Readonly<Record<string, (path: string) => boolean>> = {
  // The configuration is put together from the options of all parts, and has the ticker's text taken apart by the ticker.
  config: (path) => path.endsWith('/options.ts') || path === 'src/ticker/template.ts',
  // Both ends of a line read the same description of what travels on it. That these run in a browser is checked below.
  web: (path) =>
    [
      'src/control/vendor.ts',
      'src/control/pictures/frame-header.ts',
      'src/control/pictures/live-header.ts',
      'src/layout/checks.ts',
      'src/layout/sources.ts',
      'src/layout/tracks.ts',
      'src/rehearsal/led-screen/frame-message.ts',
      'src/ticker/format.ts',
      'src/ticker/template.ts',
    ].includes(path),
};

const sources = readSources('src', 'scripts');
const byPath = new Map(sources.map((source) => [source.path, source]));
const inSrc = sources.filter((source) => source.path.startsWith('src/'));

describe('imports', () => {
  it('reach only the folders that the table allows', () => {
    const trespasses = inSrc.flatMap((source) => trespassesOf(source));
    expect(trespasses).toEqual([]);
  });

  it('have a line in the table for every folder', () => {
    const folders = new Set(inSrc.map((source) => folderOf(source.path)));
    expect([...folders].filter((folder) => folder !== null && !(folder in MAY_IMPORT))).toEqual([]);
  });

  it('lead to files that are there', () => {
    const lost = inSrc.flatMap((source) =>
      source.imports
        .filter(({ target }) => target !== null && /\.(ts|tsx|js)$/.test(target) && !byPath.has(target))
        .map(({ specifier }) => `${source.path}: ${specifier}`),
    );
    expect(lost).toEqual([]);
  });

  it('go round in no circle, types included', () => {
    expect(findCircles()).toEqual([]);
  });

  it.each([
    ['fluent-ffmpeg', 'src/ffmpeg/arguments.ts'],
    ['node-onvif', null],
  ])('of %s stand in exactly one file', (name, expected) => {
    const users = importersOf((specifier) => specifier === name || specifier.startsWith(`${name}/`));
    expect(users).toHaveLength(1);
    if (expected !== null) expect(users).toEqual([expected]);
    else expect(users[0]).toMatch(/^src\/camera\/onvif\//);
  });

  it.each([
    ['sharp', ['paint', 'control', 'output', 'rehearsal']],
    ['fastify', ['control']],
    ['ws', ['control', 'rehearsal']],
    ['commander', ['cli', '.']],
    ['pino', ['.']],
    ['yaml', ['config', 'cli']],
    ['croner', ['automation']],
    ['temporal-polyfill', ['automation']],
    ['preact', ['web']],
    ['suncalc', ['core']],
  ])('of %s stay in %j', (name, folders) => {
    const strangers = importersOf((specifier) => specifier === name || specifier.startsWith(`${name}/`)).filter(
      (path) => path.startsWith('src/') && !folders.includes(folderOf(path) ?? ''),
    );
    expect(strangers).toEqual([]);
  });

  it('bring nothing of Node into a page', () => {
    const reached = new Map<string, string>();
    const visit = (path: string, from: string): void => {
      if (reached.has(path)) return;
      reached.set(path, from);
      for (const { target, typeOnly } of byPath.get(path)?.imports ?? []) {
        if (!typeOnly && target !== null) visit(target, path);
      }
    };
    for (const { path } of inSrc) if (folderOf(path) === 'web') visit(path, path);
    const serverOnly = [...reached.keys()].flatMap((path) =>
      (byPath.get(path)?.imports ?? [])
        .filter(
          ({ specifier, target, typeOnly }) =>
            target === null && !typeOnly && !/^(preact|@preact\/|zod)/.test(specifier),
        )
        .map(({ specifier }) => `${path}: ${specifier}`),
    );
    expect(serverOnly).toEqual([]);
  });
});

function trespassesOf(source: SourceFile): string[] {
  const from = folderOf(source.path) ?? '';
  const allowed = MAY_IMPORT[from];
  return source.imports.flatMap(({ target, specifier, typeOnly }) => {
    const to = target === null ? null : folderOf(target);
    if (target === null || to === null || to === from || allowed === undefined) return [];
    const isAllowed =
      allowed.code.includes(to) ||
      (typeOnly && allowed.types?.includes(to) === true) ||
      OPEN_FILES[from]?.(target) === true;
    return isAllowed ? [] : [`${source.path} imports ${specifier}${typeOnly ? ' (types)' : ''}`];
  });
}

function importersOf(matches: (specifier: string) => boolean): string[] {
  return sources
    .filter((source) => source.imports.some(({ specifier, typeOnly }) => !typeOnly && matches(specifier)))
    .map(({ path }) => path);
}

function findCircles(): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string): void => {
    const seenAt = trail.indexOf(path);
    if (seenAt >= 0) {
      circles.push([...trail.slice(seenAt), path].join(' → '));
      return;
    }
    if (done.has(path)) return;
    trail.push(path);
    for (const { target } of byPath.get(path)?.imports ?? []) if (target !== null && byPath.has(target)) visit(target);
    trail.pop();
    done.add(path);
  };
  for (const { path } of sources) visit(path);
  return circles;
}
