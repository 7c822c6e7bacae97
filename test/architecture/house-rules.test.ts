import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { readSources, root, type SourceFile } from './source-files.js';

const LONGEST_FILE_LINES = 300;

/** What `.gitignore` names, and git's own. */
const UNPUBLISHED: ReadonlySet<string> = new Set(['.git', 'node_modules', 'dist', '.cache', 'test-output', '.env']);
const TEXT_FILE = /(\.(ts|tsx|js|json|yaml|yml|md|html|css|svg|sh|py|txt|xml|sdp)|\/[A-Za-z]+|^[A-Za-z.]+)$/;

/** The file of each folder that explains it. */
const MAIN_FILES = [
  'src/as-run/as-run-recorder.ts',
  'src/audit/audit-log.ts',
  'src/automation/conductor.ts',
  'src/brightness/brightness.ts',
  'src/camera/camera-pool.ts',
  'src/cli/main.ts',
  'src/config/load.ts',
  'src/control/control-plane.ts',
  'src/controller/controller-watch.ts',
  'src/counts/count-board.ts',
  'src/engine/engine.ts',
  'src/ffmpeg/arguments.ts',
  'src/layout/layout.ts',
  'src/operators/operator-file.ts',
  'src/output/registry.ts',
  'src/rtsp/server.ts',
  'src/paint/text.ts',
  'src/pattern/registry.ts',
  'src/guardian/guardian.ts',
  'src/rehearsal/rehearsal-hall.ts',
  'src/state/state-store.ts',
  'src/switcher/switcher.ts',
  'src/ticker/ticker.ts',
  'src/wall/wall.ts',
] as const;

const sources = readSources('src', 'scripts', 'test');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('files', () => {
  it(`have at most ${LONGEST_FILE_LINES} lines`, () => {
    const long = sources
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > LONGEST_FILE_LINES);
    expect(long).toEqual([]);
  });

  it('have names in lower case with hyphens', () => {
    expect(sources.map(({ path }) => path).filter((path) => !/^[a-z0-9/.-]+$/.test(path))).toEqual([]);
  });

  it('have no default exports, enums, namespaces or parameter properties', () => {
    expect(sources.flatMap(unwantedSyntax)).toEqual([]);
  });

  it.each(MAIN_FILES)('%s explains its folder', (path) => {
    const source = sources.find((each) => each.path === path);
    if (source === undefined) throw new Error(`${path} is not there`);
    const first = source.tree.statements[0];
    const firstOfOwn = source.tree.statements.find((statement) => !ts.isImportDeclaration(statement));
    const longest = [first, firstOfOwn]
      .flatMap((statement) => ts.getLeadingCommentRanges(source.text, statement?.getFullStart() ?? 0) ?? [])
      .map(({ pos, end }) => source.text.slice(pos, end).split('\n').length);
    expect(Math.max(0, ...longest)).toBeGreaterThanOrEqual(3);
  });
});

describe('what is published', () => {
  const published = readdirSync(root, { withFileTypes: true })
    .filter(({ name }) => !UNPUBLISHED.has(name))
    .flatMap((entry) =>
      entry.isDirectory()
        ? readdirSync(join(root, entry.name), { withFileTypes: true, recursive: true })
            .filter((inner) => inner.isFile())
            .map((inner) => relative(root, join(inner.parentPath, inner.name)))
        : [entry.name],
    )
    .filter((path) => TEXT_FILE.test(path));

  it('holds no path of the machine on which it was written, and no secret', () => {
    // Put together here, so that this file does not hold them itself.
    const words = [
      '/work/' + 'main',
      '/work/' + 'shared',
      '/root/' + '.',
      '/home/' + 'node/',
      'BEGIN ' + 'PRIVATE KEY',
    ];
    const found = published.flatMap((path) => {
      const text = read(path);
      return words.filter((word) => text.includes(word)).map((word) => `${path}: ${word}`);
    });
    expect(published.length).toBeGreaterThan(100);
    expect(found).toEqual([]);
  });

  it('takes packages from the public registry alone', () => {
    const addresses = [...read('package-lock.json').matchAll(/"resolved": "(https?:\/\/[^/"]+)/g)].map(
      (match) => match[1],
    );
    expect([...new Set(addresses)].filter((address) => address !== 'https://registry.npmjs.org')).toEqual([]);
  });

  it('has exact versions of every package', () => {
    const manifest = JSON.parse(read('package.json')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(loose).toEqual([]);
  });
});

describe('README', () => {
  const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts);
  const optionsOf = (path: string): string[] =>
    [...read(path).matchAll(/\.option\('(--[a-z-]+)/g)].map((match) => match[1] ?? '');

  it.each(scripts)('mentions npm command %s', (name) => {
    expect(read('README.md')).toMatch(new RegExp(`npm (run )?${name}\\b`));
  });

  it.each(['src/options.ts', 'src/cli/main.ts'])('mentions every option of %s', (path) => {
    const options = optionsOf(path);
    expect(options.length).toBeGreaterThan(2);
    const readme = read('README.md');
    expect(options.filter((option) => !readme.includes(option))).toEqual([]);
  });
});

function unwantedSyntax({ path, tree }: SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
    if (ts.isExportAssignment(node) || modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) {
      found.push(`${path}: default export`);
    }
    if (ts.isEnumDeclaration(node)) found.push(`${path}: enum`);
    if (ts.isModuleDeclaration(node) && ts.isIdentifier(node.name) && node.name.text !== 'global')
      found.push(`${path}: namespace`);
    if (ts.isParameter(node) && modifiers.length > 0) found.push(`${path}: parameter property`);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}
