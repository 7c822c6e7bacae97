/** Values that go into the words of an error; the words are chosen where people read them. */
export type ErrorParameters = Readonly<Record<string, string | number | boolean | null>>;

/**
 * An error with a stable code and parameters, that a program can act on and a page can word in any language.
 * `message` is English, for logs and command lines.
 */
export class GlasshallError extends Error {
  readonly code: string;
  readonly parameters: ErrorParameters;

  constructor(code: string, message: string, parameters: ErrorParameters = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GlasshallError';
    this.code = code;
    this.parameters = parameters;
  }
}

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
