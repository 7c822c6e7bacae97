/** What control counts for the metrics: plain numbers by label, so that counting never fails and never waits. */
export class Tally {
  readonly #counts = new Map<string, Map<string, number>>();

  /** Adds one to `what`/`label`, such as `obs`/`oversized`. */
  count(what: string, label: string): void {
    const labels = this.#counts.get(what) ?? new Map<string, number>();
    labels.set(label, (labels.get(label) ?? 0) + 1);
    this.#counts.set(what, labels);
  }

  countOf(what: string, label: string): number {
    return this.#counts.get(what)?.get(label) ?? 0;
  }

  /** Every count so far. */
  entries(): readonly { readonly what: string; readonly label: string; readonly count: number }[] {
    return [...this.#counts].flatMap(([what, labels]) => [...labels].map(([label, count]) => ({ what, label, count })));
  }
}
