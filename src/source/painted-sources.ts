import { EventEmitter } from 'node:events';
import type { Closable } from '../core/closing.js';
import type { Logger } from '../core/logger.js';
import type { WallLocale } from '../core/wall-locale.js';
import type { CountReading } from '../counts/count.js';
import type { PaintedSource } from './painted-source.js';
import { startPaintedSource, type PaintedDefinition, type PaintedKind } from './registry.js';

/** What painted sources are made from. */
export type PaintedSourcesOptions = {
  readonly definitions: readonly PaintedDefinition[];
  readonly locale: WallLocale;
  /** The folder from which relative paths count. */
  readonly directory: string;
  readonly readings: () => readonly CountReading[];
  readonly log: Logger;
};

type Entry = { readonly key: string; readonly definition: PaintedDefinition; readonly source: PaintedSource };

/** The painted sources of the hall. `changed`: one is to be painted anew. */
export class PaintedSources extends EventEmitter<{ changed: [id: string] }> implements Closable {
  readonly #options: Omit<PaintedSourcesOptions, 'definitions' | 'locale'>;
  #entries: ReadonlyMap<string, Entry> = new Map();

  constructor({ definitions, locale, ...options }: PaintedSourcesOptions) {
    super();
    this.#options = options;
    this.#entries = this.#entriesOf(definitions, locale);
  }

  /** What there is, in configured order. */
  list(): readonly { readonly id: string; readonly kind: PaintedKind; readonly name: string }[] {
    return [...this.#entries.values()].map(({ definition: { kind, options } }) => ({
      id: options.id,
      kind,
      name: options.name,
    }));
  }

  /** The source of this id; null where it is none of these. */
  get(id: string): PaintedSource | null {
    return this.#entries.get(id)?.source ?? null;
  }

  /** The name of a source, as people read it. */
  nameOf(id: string): string {
    return this.#entries.get(id)?.definition.options.name ?? id;
  }

  countsChanged(): void {
    for (const { source } of this.#entries.values()) source.countsChanged();
  }

  /** Other sources from now on; those whose options stay the same go on, and look whether their files did. */
  async update(definitions: readonly PaintedDefinition[], locale: WallLocale): Promise<void> {
    const before = [...this.#entries.values()];
    this.#entries = this.#entriesOf(definitions, locale);
    const staying = new Set([...this.#entries.values()].map(({ source }) => source));
    await Promise.all(before.map(({ source }) => (staying.has(source) ? source.refresh() : source.close())));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#entries.values()].map(({ source }) => source.close()));
  }

  #entriesOf(definitions: readonly PaintedDefinition[], locale: WallLocale): ReadonlyMap<string, Entry> {
    const before = this.#entries;
    return new Map(
      definitions.map((definition): [string, Entry] => {
        const { id } = definition.options;
        const key = JSON.stringify([definition, locale]);
        const known = before.get(id);
        if (known?.key === key) return [id, known];
        const context = { ...this.#options, locale, changed: () => void this.emit('changed', id) };
        return [id, { key, definition, source: startPaintedSource(definition, context) }];
      }),
    );
  }
}
