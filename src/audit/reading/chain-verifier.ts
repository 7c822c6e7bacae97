import { BEFORE_FIRST, checkLine, type LineCheck, type LineHead, type Link } from '../ledger/chain.js';
import type { Head } from '../ledger/head.js';
import type { Line } from '../ledger/lines.js';

/** What is wrong with a log, at its first line where it shows. */
export type Finding = {
  /**
   * `changed`: bytes are others than those that were written; `missing`: entries are not there; `reordered`: entries stand in another
   * order; `repeated`: an entry stands there again; `rewritten`: whole lines were written anew, with hashes of their own; `torn`: the
   * last line has no end.
   */
  readonly code: 'changed' | 'missing' | 'reordered' | 'repeated' | 'rewritten' | 'torn';
  readonly file: string;
  /** From 1; 0 for a file as a whole. */
  readonly line: number;
  /** Where the line begins, in bytes from the start of the file. */
  readonly offset: number;
  /** The entries concerned, from and to. */
  readonly sequence: number;
  readonly lastSequence: number;
};

/** More findings than these say nothing new; they are counted. */
const MOST_FINDINGS = 100;
/** What is remembered of gaps, to tell missing entries from entries in another order. */
const MOST_GAPS = 100;

type Place = { readonly file: string; readonly number: number; readonly offset: number };
type OpenGap = { readonly from: number; readonly to: number; readonly finding: number };

/** An entry at an end of a log. */
export type EndEntry = Pick<LineHead, 'sequence' | 'atMs'> & { readonly hash: string };

/**
 * Follows a chain line by line, in memory that does not grow with it. Goes on after a fault, so that the next one is found too; the first
 * finding is the first in the log.
 */
export class ChainVerifier {
  readonly #findings: Finding[] = [];
  #findingCount = 0;
  #entries = 0;
  /** The last line that was believed; null before the first. */
  #last: EndEntry | null = null;
  #first: (EndEntry & { readonly previous: string; readonly place: Place }) | null = null;
  /** Lines since then that are not what was written, and the hashes that the next line may follow. */
  #doubtful = { count: 0, hashes: new Set<string | null>() };
  #gaps: OpenGap[] = [];
  /** Where files that were removed as they should be ended. */
  readonly #removed: Link[] = [];
  #end: Place | null = null;

  get entries(): number {
    return this.#entries;
  }

  get findingCount(): number {
    return this.#findingCount;
  }

  /** The first ones. */
  get findings(): readonly Finding[] {
    return this.#findings;
  }

  get first(): EndEntry | null {
    return this.#first;
  }

  get last(): EndEntry | null {
    return this.#last;
  }

  /** Takes in the next line. @param head what the log is said to go to: the hash of that entry is compared */
  line(file: string, line: Line, head: Head): void {
    const place = { file, number: line.number, offset: line.offset };
    this.#end = { file, number: line.number + 1, offset: line.offset + line.bytes.length + 1 };
    const checked = checkLine(line.bytes);
    if (!line.isWhole) this.#find('torn', place, this.#expected);
    else if (isBelievable(checked)) this.#follow(checked, place, line, head);
    else this.#doubt(checked, place);
  }

  /** Ends: compares with what is said beside the log. @param headFile its name */
  finish(head: Head, headFile: string): void {
    const whole = { file: headFile, number: 0, offset: 0 };
    if (head === 'unreadable') this.#find('changed', whole, this.#expected);
    else if (head !== null && head.sequence >= this.#expected && this.#doubtful.count === 0) {
      this.#find('missing', this.#end ?? whole, this.#expected, head.sequence);
    }
    this.#checkBeginning();
  }

  get #expected(): number {
    return (this.#last ?? BEFORE_FIRST).sequence + 1;
  }

  #follow(checked: BelievableLine, place: Place, line: Line, head: Head): void {
    const { hash, previous } = checked;
    const { sequence, atMs, kind } = checked.head;
    this.#entries += 1;
    if (head !== null && head !== 'unreadable' && head.sequence === sequence && head.hash !== hash) {
      this.#find('rewritten', place, sequence);
    }
    if (kind === 'retention') this.#rememberRemoval(line.bytes);
    const before = this.#last;
    if (before === null) {
      this.#first = { sequence, atMs, hash, previous, place };
    } else if (sequence < this.#expected) {
      this.#fillGap(sequence, place);
      return;
    } else if (this.#doubtful.count > 0) {
      const isExpected = this.#doubtful.hashes.has(previous) || sequence - this.#expected <= this.#doubtful.count;
      if (!isExpected) this.#openGap(this.#expected + this.#doubtful.count, sequence - 1, place);
    } else if (sequence > this.#expected) {
      this.#openGap(this.#expected, sequence - 1, place);
    } else if (previous !== before.hash) {
      this.#find('rewritten', place, sequence);
    }
    this.#last = { sequence, atMs, hash };
    this.#doubtful = { count: 0, hashes: new Set() };
  }

  #doubt(checked: LineCheck, place: Place): void {
    this.#find('changed', place, this.#expected + this.#doubtful.count);
    this.#doubtful.count += 1;
    this.#doubtful.hashes = new Set([checked.hash, checked.computed].filter((hash) => hash !== null));
  }

  #openGap(from: number, to: number, place: Place): void {
    if (this.#gaps.length < MOST_GAPS) this.#gaps.push({ from, to, finding: this.#findings.length });
    this.#find('missing', place, from, to);
  }

  /** An entry that comes late: it was thought missing, or is there twice. */
  #fillGap(sequence: number, place: Place): void {
    const gap = this.#gaps.find(({ from, to }) => sequence >= from && sequence <= to);
    const finding = gap === undefined ? undefined : this.#findings[gap.finding];
    if (gap === undefined || finding === undefined) this.#find('repeated', place, sequence);
    else this.#findings[gap.finding] = { ...finding, code: 'reordered' };
  }

  #rememberRemoval(bytes: Buffer): void {
    const { last = null } = JSON.parse(bytes.toString('utf8')) as { last?: Link | null };
    if (last !== null) this.#removed.push(last);
  }

  /** A log begins with the first entry of all, or after files whose removal is recorded. */
  #checkBeginning(): void {
    if (this.#first === null) return;
    const { sequence, previous, place } = this.#first;
    const isFollowing = [BEFORE_FIRST, ...this.#removed].some(
      (link) => link.sequence === sequence - 1 && link.hash === previous,
    );
    if (isFollowing || (this.#findings[0]?.file === place.file && this.#findings[0].line < place.number)) return;
    if (sequence === 1) this.#find('rewritten', place, 1, 1, true);
    else this.#find('missing', place, 1, sequence - 1, true);
  }

  #find(code: Finding['code'], place: Place, sequence: number, lastSequence = sequence, isFirst = false): void {
    this.#findingCount += 1;
    const finding = { code, file: place.file, line: place.number, offset: place.offset, sequence, lastSequence };
    if (isFirst) this.#findings.unshift(finding);
    else if (this.#findings.length < MOST_FINDINGS) this.#findings.push(finding);
  }
}

type BelievableLine = LineCheck & { readonly head: LineHead; readonly previous: string; readonly hash: string };

function isBelievable(checked: LineCheck): checked is BelievableLine {
  return checked.isSound;
}
