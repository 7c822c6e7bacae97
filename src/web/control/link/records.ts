import { isRecord } from '../protocol/envelope.js';

/** Why there is no answer. */
export class RecordsError extends Error {
  readonly reason: 'none' | 'refused' | 'busy' | 'other';

  constructor(reason: RecordsError['reason']) {
    super(reason);
    this.name = 'RecordsError';
    this.reason = reason;
  }
}

/** Asks for what only administrators may see. @throws RecordsError */
export async function askRecords(address: string): Promise<Readonly<Record<string, unknown>>> {
  let response: Response;
  try {
    response = await fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(20_000) });
  } catch {
    // The browser has said in its console what is wrong.
    throw new RecordsError('other');
  }
  if (response.status === 404) throw new RecordsError('none');
  if (response.status === 401 || response.status === 403) throw new RecordsError('refused');
  if (response.status === 429 || response.status === 503) throw new RecordsError('busy');
  const answer: unknown = response.ok ? await response.json().catch(() => null) : null;
  if (!isRecord(answer)) throw new RecordsError('other');
  return answer;
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
