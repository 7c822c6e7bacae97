import { readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DraftToSave, LayoutDraft } from '../control/layout-desk.js';
import { GlasshallError, messageOf } from '../core/errors.js';
import { fileProblemOf } from '../core/file-problem.js';
import type { Logger } from '../core/logger.js';
import { asideName, FileDraft, isMissing, seal, unseal } from '../state/sealed-file.js';

const FILE = 'layout-drafts.json';
const BEING_WRITTEN = 'layout-drafts.new.json';
/** As many as a hall may have at a time. */
export const MOST_DRAFTS = 64;
/** Of one draft as JSON: 256 cells with long names. */
const LARGEST_DRAFT_BYTES = 65_536;
const LARGEST_FILE_BYTES = MOST_DRAFTS * LARGEST_DRAFT_BYTES + 65_536;

const cell = z.strictObject({
  id: z.string(),
  source: z.string(),
  rectangle: z.strictObject({ x: z.int(), y: z.int(), widthPx: z.int(), heightPx: z.int() }),
  z: z.int(),
  fit: z.enum(['cover', 'contain']),
});

const content = z
  .array(
    z.strictObject({
      id: z.string(),
      layout: z.strictObject({ id: z.string(), name: z.string(), cells: z.array(cell) }),
      replaces: z.string().nullable(),
      savedAtMs: z.number(),
      by: z.string(),
    }),
  )
  .max(MOST_DRAFTS);

/** Drafts of layouts, in one small file of the state folder. What is there when it is opened stays in memory. */
export class DraftFile {
  readonly #directory: string | null;
  #drafts: readonly LayoutDraft[];

  private constructor(directory: string | null, drafts: readonly LayoutDraft[]) {
    this.#directory = directory;
    this.#drafts = drafts;
  }

  /** Reads the drafts. A file that is damaged is set aside and told of; then there are none. @param directory null: nothing is kept */
  static async open(directory: string | null, log: Logger): Promise<DraftFile> {
    if (directory === null) return new DraftFile(null, []);
    const path = join(directory, FILE);
    try {
      if ((await stat(path)).size > LARGEST_FILE_BYTES) throw new RangeError('larger than it can be');
      return new DraftFile(directory, unseal(await readFile(path, 'utf8'), content));
    } catch (failure) {
      if (!isMissing(failure)) {
        const aside = asideName(FILE);
        log.error({ file: FILE, setAsideAs: aside, reason: messageOf(failure) }, 'the drafts of layouts are damaged');
        await rename(path, join(directory, aside)).catch((reason: unknown) => {
          log.error({ file: FILE, failure: messageOf(reason) }, 'the damaged drafts cannot be set aside');
        });
      }
      return new DraftFile(directory, []);
    }
  }

  /** The latest first. */
  list(): readonly LayoutDraft[] {
    return this.#drafts;
  }

  /** @throws GlasshallError `draft-changed`, `too-many-drafts`, `draft-too-large`, `draft-not-kept`; then nothing is changed */
  async save({ ifSavedAtMs, ...draft }: DraftToSave, by: string): Promise<void> {
    const held = this.#drafts.find(({ id }) => id === draft.id);
    if ((held?.savedAtMs ?? null) !== ifSavedAtMs) {
      const words = `${held?.by ?? 'somebody'} changed or deleted this draft meanwhile — load it again, or save another`;
      throw new GlasshallError('draft-changed', words, { draft: draft.id, by: held?.by ?? null });
    }
    const others = this.#drafts.filter(({ id }) => id !== draft.id);
    if (others.length >= MOST_DRAFTS) {
      const words = `there are ${MOST_DRAFTS} drafts already — delete one that nobody needs`;
      throw new GlasshallError('too-many-drafts', words, { limit: MOST_DRAFTS });
    }
    if (Buffer.byteLength(JSON.stringify(draft)) > LARGEST_DRAFT_BYTES) {
      const words = `the draft has more than ${LARGEST_DRAFT_BYTES} bytes — give it fewer cells or shorter names`;
      throw new GlasshallError('draft-too-large', words, { limit: LARGEST_DRAFT_BYTES });
    }
    // Two saves of one millisecond are told apart, too.
    const savedAtMs = Math.max(Date.now(), (held?.savedAtMs ?? 0) + 1);
    await this.#keep([{ ...draft, savedAtMs, by }, ...others]);
  }

  /** @throws GlasshallError `unknown-draft`, `draft-not-kept`; then nothing is changed */
  async delete(id: string): Promise<void> {
    const others = this.#drafts.filter((draft) => draft.id !== id);
    if (others.length === this.#drafts.length) {
      throw new GlasshallError('unknown-draft', `there is no draft "${id}"`, { draft: id });
    }
    await this.#keep(others);
  }

  async #keep(drafts: readonly LayoutDraft[]): Promise<void> {
    if (this.#directory !== null) {
      try {
        const file = await FileDraft.open(this.#directory, BEING_WRITTEN);
        await file.become(FILE, seal(drafts));
      } catch (failure) {
        const words = `the draft could not be kept (${messageOf(failure)}); what was kept before is as it was`;
        throw new GlasshallError('draft-not-kept', words, { problem: fileProblemOf(failure) }, { cause: failure });
      }
    }
    this.#drafts = drafts;
  }
}
