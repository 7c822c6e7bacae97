import { join } from 'node:path';
import { checkLine } from '../ledger/chain.js';
import { auditEntry, type AuditEntry } from '../entry/entry.js';
import type { LedgerFile } from '../ledger/file-name.js';
import { wallAfter } from '../entry/wall-after.js';
import type { ShownCell } from '../entry/wall-parts.js';
import { UNKNOWN_WALL, type WallShown } from '../entry/wall-shown.js';
import { filesIn, firstHeadOf } from '../ledger/folder.js';
import { readLines, type Line } from '../ledger/lines.js';

/** What was on the wall at a moment, and who decided it. */
export type ShownAt = {
  readonly atMs: number;
  /**
   * `shown`: the wall showed this; `ended`: the service did not run; `unsure`: this is the last that is known, but entries are
   * lost or damaged, or the service ended without a word before anything confirms it; `unknown`: nothing is known of this moment.
   */
  readonly state: 'shown' | 'ended' | 'unsure' | 'unknown';
  readonly wall: WallShown;
  /** The cells that were on air, with what was changed in them since the layout went on air. */
  readonly cells: readonly ShownCell[];
  /** The cameras on air that showed a slate, with its reason, instead of a picture. */
  readonly slates: WallShown['tiles'];
  /** The entries before and after the moment: between them, nothing that is recorded happened. */
  readonly before: EntryPlace | null;
  readonly after: EntryPlace | null;
};

export type EntryPlace = { readonly sequence: number; readonly atMs: number; readonly kind: string };

/** An entry comes once a minute at least; twice that after the last one, nobody can tell. */
const CONFIRMED_FOR_MS = 120_000;

/** Tells what was on the wall. Reads one file, or the one before it, too. @throws Error of the system */
export async function shownAt(directory: string, atMs: number): Promise<ShownAt> {
  const files = await filesIn(directory);
  const heads = await Promise.all(files.map((file) => firstHeadOf(directory, file)));
  const last = heads.findLastIndex((head) => head !== null && head.atMs <= atMs);
  for (let start = last; start >= 0; start -= 1) {
    const story = await follow(directory, files.slice(start, last + 1), atMs);
    // A file tells by itself what the wall shows where it begins, unless that line is damaged.
    if (story.wall.layout === null && start > 0) continue;
    const next = story.after ?? (await firstEntryOf(directory, files.slice(last + 1)));
    return conclude(story, next, atMs);
  }
  return conclude(NO_STORY, await firstEntryOf(directory, files), atMs);
}

type Story = {
  readonly wall: WallShown;
  readonly before: AuditEntry | null;
  readonly after: AuditEntry | null;
  /** Whether every line since the last that tells all is there and is what was written. */
  readonly isWhole: boolean;
};

const NO_STORY: Story = { wall: UNKNOWN_WALL, before: null, after: null, isWhole: true };

/**
 * The wall after the last entry that is not later than the moment: in the order of the log, for the clock may have been wrong
 * for a while of that day.
 */
async function follow(directory: string, files: readonly LedgerFile[], atMs: number): Promise<Story> {
  let wall = UNKNOWN_WALL;
  let isWhole = true;
  let sequence: number | null = null;
  let story = NO_STORY;
  for (const { name } of files) {
    for await (const lines of readLines(join(directory, name))) {
      for (const line of lines) {
        const entry = entryOf(line);
        if (entry === null || (sequence !== null && entry.sequence !== sequence + 1)) isWhole = false;
        sequence = entry?.sequence ?? null;
        if (entry === null) continue;
        if (entry.kind === 'snapshot') isWhole = true;
        wall = wallAfter(wall, entry);
        if (entry.atMs <= atMs) story = { wall, before: entry, after: null, isWhole };
        else if (story.after === null) story = { ...story, after: entry };
      }
    }
  }
  return story;
}

/** The entry of a line that is what was written, of a kind that is known here. */
function entryOf(line: Line): AuditEntry | null {
  if (!line.isWhole || !checkLine(line.bytes).isSound) return null;
  return auditEntry.safeParse(JSON.parse(line.bytes.toString('utf8'))).data ?? null;
}

async function firstEntryOf(directory: string, files: readonly LedgerFile[]): Promise<AuditEntry | null> {
  for (const { name } of files) {
    for await (const lines of readLines(join(directory, name))) {
      for (const line of lines) {
        const entry = entryOf(line);
        if (entry !== null) return entry;
      }
    }
  }
  return null;
}

function conclude(story: Story, after: AuditEntry | null, atMs: number): ShownAt {
  const { wall, before } = story;
  const cells = (wall.cells ?? wall.layout)?.value.cells ?? [];
  return {
    atMs,
    state: stateOf(story, after, atMs),
    wall,
    cells,
    slates: wall.tiles.filter(({ camera, slate }) => slate && cells.some(({ source }) => source === camera)),
    before: placeOf(before),
    after: placeOf(after),
  };
}

function stateOf({ wall, before, isWhole }: Story, after: AuditEntry | null, atMs: number): ShownAt['state'] {
  if (before === null) return 'unknown';
  if (!wall.isRunning) return 'ended';
  if (wall.layout === null) return 'unknown';
  if (!isWhole) return 'unsure';
  if (after === null) return atMs - before.atMs <= CONFIRMED_FOR_MS ? 'shown' : 'unsure';
  const isLost = after.kind === 'lost' && after.fromMs <= atMs;
  const endedWithoutWord = after.kind === 'service' && after.event === 'started';
  const isDamaged = after.kind === 'damage' || after.sequence !== before.sequence + 1;
  return isLost || endedWithoutWord || isDamaged ? 'unsure' : 'shown';
}

function placeOf(entry: AuditEntry | null): EntryPlace | null {
  return entry === null ? null : { sequence: entry.sequence, atMs: entry.atMs, kind: entry.kind };
}
