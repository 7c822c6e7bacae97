import type { Closable } from '../core/closing.js';
import type { DigestAuthentication } from './digest-authentication.js';
import type { RtpPackets } from './packets.js';
import type { RtpConditions } from './rtp-session.js';
import type { StreamFormat } from './session-description.js';

/** Somebody who watches a stream. `deliver` never waits. */
export interface Viewer {
  /** @param ticks the time of the picture, in units of 1/90000 s from any beginning */
  deliver(packets: RtpPackets, ticks: number): void;
}

/** One stream that a server serves. */
export interface ServedStream {
  /** The last part of its RTSP address, without a slash. */
  readonly path: string;
  /** Null while nobody knows yet: clients are told to come again. */
  readonly format: StreamFormat | null;
  /** The time of the picture that somebody who joins now receives first, as in `Viewer.deliver`. */
  readonly nextTicks: number;
  /** Delivers to this viewer from a later turn of the event loop on. */
  join(viewer: Viewer): void;
  leave(viewer: Viewer): void;
}

/** Something that answers may have to wait behind. */
export interface RequestGate {
  readonly isShut: boolean;
  passed(): Promise<void>;
}

/** What a server serves, and how. */
export type RtspServerOptions = {
  /** A literal address or a name of this machine. */
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** Sent as the name of every session. */
  readonly name: string;
  /** What the server calls itself. */
  readonly software: string;
  readonly streams: readonly ServedStream[];
  /** Null when everybody may look. */
  readonly authentication: DigestAuthentication | null;
  /** A session without a sign of life ends after so long. */
  readonly sessionTimeoutMs: number;
  readonly maximumConnections: number;
  /** Without them nothing is lost. */
  readonly conditions?: RtpConditions;
  /** Without one nobody waits. */
  readonly gate?: RequestGate;
};

/** A viewer with whatever it holds. */
export type OpenViewer = Viewer & Closable;
