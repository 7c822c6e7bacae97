const MASK = '•••';

/**
 * Takes exact secrets out of texts before anybody sees them: in plain form and in the forms they take in addresses.
 * Exact secrets rather than a pattern, because ffmpeg prints addresses in many shapes.
 */
export class Redactor {
  readonly #forms = new Set<string>();

  /** Adds a secret. Empty strings are ignored. */
  add(secret: string): void {
    if (secret === '') return;
    this.#forms.add(secret);
    this.#forms.add(encodeURIComponent(secret));
    this.#forms.add(encodeURI(secret));
  }

  /** The text with every known secret masked. */
  redact(text: string): string {
    let result = text;
    for (const form of this.#forms) result = result.replaceAll(form, MASK);
    // Each part ends where the next begins: no text, however long, makes this look twice at what it has seen.
    return result.replace(/\b(\w{1,40}:\/\/)[^\s/@':]+:[^\s/@']*@/g, `$1${MASK}@`);
  }
}
