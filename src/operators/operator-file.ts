/**
 * The operators whose tokens were made by a command (`npm run glasshall -- operator add NAME`), in one small file of the state
 * folder: name, role, and the secret by which the token is known, never the token. The command writes the file, the service
 * reads it and watches it. **Where there is a file, control is closed**, even when nobody stands in it any more: taking the last
 * operator off, or a file that was damaged, must not open the wall to everybody.
 */
import { copyFile, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { GlasshallError, messageOf } from '../core/errors.js';
import { asideName, FileDraft, isMissing, seal, unseal } from '../state/sealed-file.js';
import { role } from './role.js';
import { makeSalt } from './token.js';

const FILE = 'operators.json';
/** Also what keeps two commands apart: it is there while one of them writes. */
const DRAFT = 'operators.new.json';
const LARGEST_BYTES = 1_048_576;
const MAXIMUM_OPERATORS = 1_024;
const LOCK_RETRY_MS = 50;
const LOCK_WITHIN_MS = 5_000;
/** A draft that is older belongs to a command that was killed. */
const LOCK_STALE_MS = 10_000;

const sha256 = z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'is not 32 bytes in base64');

/** A name as people read it in lists and logs. */
export const operatorName = z
  .string()
  .max(64)
  .regex(/^[^\p{C}\p{Z}](?:[^\p{C}\p{Zl}\p{Zp}]*[^\p{C}\p{Z}])?$/u, 'a name has letters, and no space around them');

const storedOperator = z.strictObject({ name: operatorName, role, secret: sha256, madeAtMs: z.int().nonnegative() });

const fileContent = z.strictObject({
  /** One for all, because a server presents one salt to everybody. */
  salt: sha256,
  operators: z
    .array(storedOperator)
    .max(MAXIMUM_OPERATORS)
    .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'a name stands there twice'),
});

/** Somebody whose token was made by the command; `secret` is that of `secretOf`. */
export type StoredOperator = z.output<typeof storedOperator>;
/** Who stands in the file, and the salt of all secrets. */
export type StoredOperators = z.output<typeof fileContent>;

/** What is in a state folder. `damaged`: it can be read, and is not what was written. */
export type OperatorFileState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'sound'; readonly stored: StoredOperators }
  | { readonly kind: 'damaged' | 'unreadable'; readonly reason: string };

/** Nobody, behind a closed door. */
export function nobody(): StoredOperators {
  return { salt: makeSalt(), operators: [] };
}

/** The file in one state folder. */
export class OperatorFile {
  readonly #directory: string;
  readonly path: string;

  constructor(directory: string) {
    this.#directory = directory;
    this.path = join(directory, FILE);
  }

  /** Reads it. Never rejects. */
  async read(): Promise<OperatorFileState> {
    let bytes: Buffer;
    try {
      if ((await stat(this.path)).size > LARGEST_BYTES) return { kind: 'damaged', reason: 'larger than it can be' };
      bytes = await readFile(this.path);
    } catch (failure) {
      return isMissing(failure) ? { kind: 'absent' } : { kind: 'unreadable', reason: messageOf(failure) };
    }
    try {
      return { kind: 'sound', stored: unseal(bytes.toString('utf8'), fileContent) };
    } catch (failure) {
      return { kind: 'damaged', reason: failure instanceof z.ZodError ? 'another shape' : messageOf(failure) };
    }
  }

  /**
   * Changes who stands in it. A damaged file is set aside and begun anew: nothing in it can be believed.
   * @returns the name of the damaged file, null where there was none
   * @throws GlasshallError `operators-busy`, `operators-unreadable`, or whatever `edit` throws; then nothing is changed
   */
  async change(edit: (stored: StoredOperators) => StoredOperators): Promise<string | null> {
    const draft = await this.#lock();
    let text: string;
    let setAside: string | null = null;
    try {
      const state = await this.read();
      if (state.kind === 'unreadable') {
        const words = `${this.path} cannot be read (${state.reason}) — run this as the user that runs glasshall`;
        throw new GlasshallError('operators-unreadable', words, { file: this.path });
      }
      text = seal(fileContent.parse(edit(state.kind === 'sound' ? state.stored : nobody())));
      if (state.kind === 'damaged') setAside = await this.#setAside();
    } catch (failure) {
      await draft.discard();
      throw failure;
    }
    await draft.become(FILE, text);
    return setAside;
  }

  /** A copy, because the place must not be empty at any moment: that would open the door. */
  async #setAside(): Promise<string> {
    const aside = asideName(FILE);
    await copyFile(this.path, join(this.#directory, aside));
    return aside;
  }

  async #lock(): Promise<FileDraft> {
    const path = join(this.#directory, DRAFT);
    for (let waitedMs = 0; ; waitedMs += LOCK_RETRY_MS) {
      try {
        return await FileDraft.open(this.#directory, DRAFT, 'wx');
      } catch (failure) {
        const { code, syscall } = failure as NodeJS.ErrnoException;
        if (code !== 'EEXIST' || syscall !== 'open') {
          const words = `${this.#directory} cannot be written (${messageOf(failure)}) — run this as the user that runs glasshall`;
          throw new GlasshallError('operators-not-writable', words, { directory: this.#directory });
        }
      }
      const age = await stat(path).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age > LOCK_STALE_MS) await rm(path, { force: true });
      else if (waitedMs >= LOCK_WITHIN_MS) {
        const words = `another command is changing the operators — try again, or remove ${path} if none is`;
        throw new GlasshallError('operators-busy', words, { file: path });
      } else await sleep(LOCK_RETRY_MS);
    }
  }
}
