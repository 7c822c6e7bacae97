import { GlasshallError } from '../core/errors.js';

/** Keys and indexes from the top of the file, such as `['layouts', 0, 'cells', 1, 'x']`. */
export type ConfigurationPath = readonly (string | number)[];

/** Something wrong with a configuration, before its place in the file is known. */
export type Finding = {
  /** Stable, for programs: `unknown-key`, `duplicate-id`, `cell-off-wall` … */
  readonly code: string;
  readonly path: ConfigurationPath;
  /** The key itself is wrong, and not its value. */
  readonly atKey?: boolean;
  /** A place inside a layout's drawing: line of its text and word in that line, both from 0. */
  readonly drawing?: { readonly line: number; readonly word: number };
  /** What is wrong, in English, without secrets. */
  readonly message: string;
  /** How to mend it. */
  readonly mend: string;
};

/** Something wrong with a configuration file. Lines and columns count from 1. */
export type Problem = {
  readonly code: string;
  /** Such as `layouts[0].cells[1].x`; empty for the file as a whole. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly mend: string;
};

/** A configuration that cannot be used. `problems` is everything that is wrong with it, sorted by line; never empty. */
export class ConfigurationError extends GlasshallError {
  readonly problems: readonly Problem[];

  constructor(file: string, problems: readonly Problem[]) {
    super('bad-configuration', formatProblems(file, problems), { file, problems: problems.length });
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

/** One line for each problem: `file:line:column path: what is wrong — how to mend it`. */
export function formatProblems(file: string, problems: readonly Problem[]): string {
  return problems
    .map((problem) => {
      const path = problem.path === '' ? '' : ` ${problem.path}`;
      return `${file}:${problem.line}:${problem.column}${path}: ${problem.message} — ${problem.mend}`;
    })
    .join('\n');
}

/** `['layouts', 0, 'name']` as people write it: `layouts[0].name`. */
export function formatPath(path: ConfigurationPath): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}
