import type { Size } from '../core/geometry.js';
import type { OutputOptions } from '../output/options.js';
import type { PixelShares } from '../output/pixel-shares.js';
import type { WallReport } from '../wall/messages.js';

/** What the guardian needs to stand in: where pictures go, and what is shown instead of them. RGB, 8 bits each, of the wall's size. */
export type Handover = {
  readonly size: Size;
  readonly framesPerSecond: number;
  readonly outputs: readonly OutputOptions[];
  /** How much light each is sent with. */
  readonly brightness: PixelShares;
  /** While the engine is being started again. */
  readonly restarting: Uint8Array;
  /** When the wall is closed; null: black. */
  readonly closed: Uint8Array | null;
};

/** What the service has to know of the simulators. */
export type RunningRehearsal = {
  /** Values behind the `${REHEARSAL_…}` names of the configuration. */
  readonly environment: Readonly<Record<string, string>>;
  /** HTTP port on loopback of the simulated screen's process. */
  readonly screenHttpPort: number;
};

/** How an engine process is to run. */
export type EngineStart = {
  readonly configurationFile: string;
  readonly rehearsal: RunningRehearsal | null;
  readonly host: string;
  readonly port: number;
  readonly obsPort: number;
  readonly stateDirectory: string | null;
  /** An engine ran before and has ended: the outputs are held by the guardian until `grant`. */
  readonly isRestart: boolean;
};

/** From the guardian to the engine's process. */
export type EngineRequest =
  | { readonly kind: 'start'; readonly start: EngineStart }
  /** The outputs are yours. */
  | { readonly kind: 'grant' }
  | { readonly kind: 'close' };

/** Where a service listens. */
export type Addresses = { readonly url: string; readonly obsUrl: string };

/** From the engine's process to the guardian. */
export type EngineNotice =
  /** The wall ticks. Sent again when what it says changes. */
  | { readonly kind: 'handover'; readonly handover: Handover }
  /** Only that of the handover changed, which is large. */
  | { readonly kind: 'brightness'; readonly shares: PixelShares }
  | { readonly kind: 'ready'; readonly addresses: Addresses }
  /** The program can be shown; the outputs are wanted. */
  | { readonly kind: 'presentable' }
  /** What changed in the configuration needs another engine. */
  | { readonly kind: 'restart' }
  | { readonly kind: 'report'; readonly report: WallReport };

/** From the guardian to whoever started it, when that is a program that listens. */
export type ServiceNotice =
  | {
      readonly kind: 'ready';
      readonly addresses: Addresses;
      readonly guardianPid: number;
      readonly enginePid: number;
    }
  /** The engine is gone, and another one is on its way. */
  | { readonly kind: 'ended'; readonly enginePid: number }
  | { readonly kind: 'report'; readonly report: WallReport };
