const LARGEST_HEAD_BYTES = 8_192;
const LARGEST_BODY_BYTES = 8_192;
const INTERLEAVED_MARK = 0x24;

/** One RTSP request. Header names are in lower case. */
export type RtspRequest = {
  readonly method: string;
  readonly uri: string;
  readonly version: string;
  readonly headers: ReadonlyMap<string, string>;
};

/** A connection that does not speak RTSP, or too much of it. */
export class RtspSyntaxError extends Error {
  /** The RTSP status that answers it. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'RtspSyntaxError';
    this.status = status;
  }
}

/**
 * Cuts what a client sends into requests (RFC 2326, 6). Interleaved packets (10.12), which are receiver reports, and bodies
 * are skipped. What is kept is bounded.
 */
export class RequestReader {
  #pending: Buffer = Buffer.alloc(0);

  /** Takes bytes in, gives the requests that are whole now. @throws RtspSyntaxError */
  push(chunk: Buffer): RtspRequest[] {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    const requests: RtspRequest[] = [];
    for (let taken = this.#take(); taken !== null; taken = this.#take()) {
      if (taken !== 'skipped') requests.push(taken);
    }
    return requests;
  }

  #take(): RtspRequest | 'skipped' | null {
    if (this.#pending.length === 0) return null;
    if (this.#pending[0] === INTERLEAVED_MARK) return this.#skipPacket();
    const headEnd = this.#pending.subarray(0, LARGEST_HEAD_BYTES).indexOf('\r\n\r\n', 0, 'latin1');
    if (headEnd === -1) {
      if (this.#pending.length >= LARGEST_HEAD_BYTES) throw new RtspSyntaxError(413, 'the request is too long');
      return null;
    }
    const request = parseHead(this.#pending.toString('latin1', 0, headEnd).replace(/^(\r\n)+/, ''));
    const bodyBytes = Number(request.headers.get('content-length') ?? '0');
    if (!Number.isInteger(bodyBytes) || bodyBytes < 0) throw new RtspSyntaxError(400, 'Content-Length is no length');
    if (bodyBytes > LARGEST_BODY_BYTES) throw new RtspSyntaxError(413, 'the body is too long');
    const end = headEnd + 4 + bodyBytes;
    if (this.#pending.length < end) return null;
    this.#pending = this.#pending.subarray(end);
    return request;
  }

  #skipPacket(): 'skipped' | null {
    if (this.#pending.length < 4) return null;
    const end = 4 + this.#pending.readUInt16BE(2);
    if (this.#pending.length < end) return null;
    this.#pending = this.#pending.subarray(end);
    return 'skipped';
  }
}

function parseHead(head: string): RtspRequest {
  const [requestLine = '', ...headerLines] = head.split('\r\n');
  const match = /^([A-Z_]{1,32}) (\S+) (RTSP\/\d\.\d)$/.exec(requestLine);
  if (match === null) throw new RtspSyntaxError(400, 'not an RTSP request');
  const [, method = '', uri = '', version = ''] = match;
  const headers = new Map<string, string>();
  for (const line of headerLines) {
    const colon = line.indexOf(':');
    if (colon <= 0) throw new RtspSyntaxError(400, 'a header has no name');
    headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { method, uri, version, headers };
}
