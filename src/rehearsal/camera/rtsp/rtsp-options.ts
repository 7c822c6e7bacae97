import type { StreamConditions } from '../conditions.js';
import type { DigestAuthentication } from '../digest-authentication.js';
import type { Gate } from '../gate.js';
import type { LiveStream } from '../live-stream.js';

/** What a server serves, and how. */
export type RtspServerOptions = {
  /** 0 for a free one. */
  readonly port: number;
  /** Sent as the name of every session. */
  readonly name: string;
  readonly streams: readonly LiveStream[];
  readonly authentication: DigestAuthentication;
  readonly conditions: StreamConditions;
  /** Requests wait behind it while the camera is stalled. */
  readonly gate: Gate;
  /** The frame that comes next, for the answer to PLAY. */
  readonly nextFrame: () => number;
  /** A session without a sign of life ends after so long. */
  readonly sessionTimeoutMs: number;
};
