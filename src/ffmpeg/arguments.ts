/**
 * Command lines for ffmpeg, and the child processes that run them.
 *
 * fluent-ffmpeg is used as a builder of arguments and for nothing else: its process handling starts children that were
 * already killed, opens a second connection for progress and prints passwords. Here it never runs anything.
 * Only this file imports it.
 */
import ffmpeg from 'fluent-ffmpeg';

/** One input as ffmpeg takes it: the options that stand before `-i`, then the source. */
export type FfmpegInput = { readonly options: readonly string[]; readonly source: string };

/** One output: filters for its pictures, options, then where it goes. */
export type FfmpegOutput = {
  readonly videoFilters?: readonly string[];
  readonly options: readonly string[];
  readonly target: string;
};

/** The part of fluent-ffmpeg's command that is used. `_getArguments` is private there, so the version is pinned and a test pins its result. */
type ArgumentBuilder = {
  input(source: string): ArgumentBuilder;
  inputOptions(...options: string[]): ArgumentBuilder;
  output(target: string): ArgumentBuilder;
  outputOptions(...options: string[]): ArgumentBuilder;
  videoFilters(...filters: string[]): ArgumentBuilder;
  _getArguments(): string[];
};

const GLOBAL_ARGUMENTS = ['-nostdin', '-hide_banner', '-loglevel', 'level+warning'] as const;

/**
 * The whole argument list of one ffmpeg, without the program's name.
 * Every option and its value are items of their own: `['-f', 'mp4']`.
 */
export function ffmpegArguments(inputs: readonly FfmpegInput[], outputs: readonly FfmpegOutput[]): string[] {
  const builder: ArgumentBuilder = ffmpeg();
  for (const { options, source } of inputs) {
    builder.input(source);
    // Given one by one, options are taken as they are; a single one would be split at its first space.
    if (options.length > 1) builder.inputOptions(...options);
  }
  for (const { videoFilters = [], options, target } of outputs) {
    builder.output(target);
    if (videoFilters.length > 0) builder.videoFilters(...videoFilters);
    if (options.length > 1) builder.outputOptions(...options);
  }
  return [...GLOBAL_ARGUMENTS, ...builder._getArguments()];
}
