import { readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecorderOptions } from './options.js';

const BYTES_PER_GB = 1e9;

/** A recorded file. */
export type Segment = { readonly path: string; readonly bytes: number; readonly writtenAtMs: number };

/** How long recordings are kept. */
export type RetentionRules = {
  readonly keepForMs: number;
  readonly maximumBytes: number;
  /** To be freed beyond that, because the disk is full. */
  readonly missingBytes: number;
};

/** Which files are to be deleted, the oldest first. The newest stays: it is being written. */
export function expired(segments: readonly Segment[], rules: RetentionRules, nowMs: number): Segment[] {
  const oldestFirst = [...segments].sort((a, b) => a.writtenAtMs - b.writtenAtMs);
  let total = segments.reduce((sum, { bytes }) => sum + bytes, 0);
  let missing = rules.missingBytes;
  const gone: Segment[] = [];
  for (const segment of oldestFirst.slice(0, -1)) {
    const isOld = nowMs - segment.writtenAtMs > rules.keepForMs;
    if (!isOld && total <= rules.maximumBytes && missing <= 0) break;
    gone.push(segment);
    total -= segment.bytes;
    missing -= segment.bytes;
  }
  return gone;
}

/** The names that a recorder gives: `ID-20261125T101500+0800-k3f9x2.ts`, local time and a mark of the start of the encoder. */
export function namePattern(id: string): RegExp {
  return new RegExp(`^${id}-\\d{8}T\\d{6}[+-]\\d{4}-[0-9a-z]{6}\\.ts$`);
}

/**
 * Deletes what need not be kept. Other files in the folder are left alone.
 * @returns whether enough is free to go on. @throws Error of the system
 */
export async function tidy(options: RecorderOptions, directory: string): Promise<boolean> {
  const { id, keepFor, maximumSizeGB = Number.POSITIVE_INFINITY, leaveFreeGB } = options;
  const missingBytes = leaveFreeGB * BYTES_PER_GB - (await freeBytes(directory));
  const segments = await segmentsIn(directory, namePattern(id));
  const rules = { keepForMs: keepFor, maximumBytes: maximumSizeGB * BYTES_PER_GB, missingBytes };
  for (const { path } of expired(segments, rules, Date.now())) await rm(path, { force: true });
  return (await freeBytes(directory)) >= leaveFreeGB * BYTES_PER_GB;
}

async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

async function segmentsIn(directory: string, pattern: RegExp): Promise<Segment[]> {
  const names = (await readdir(directory)).filter((name) => pattern.test(name));
  return Promise.all(
    names.map(async (name) => {
      const path = join(directory, name);
      const { size, mtimeMs } = await stat(path);
      return { path, bytes: size, writtenAtMs: mtimeMs };
    }),
  );
}
