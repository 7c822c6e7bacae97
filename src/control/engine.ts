import type { EventEmitter } from 'node:events';
import type { Conductor } from '../automation/conductor.js';
import type { BrightnessStatus } from '../brightness/brightness.js';
import type { Rectangle, Size } from '../core/geometry.js';
import type { ControllerStatus } from '../controller/controller-watch.js';
import type { CountReading, CountValue } from '../counts/count.js';
import type { Layout } from '../layout/layout.js';
import type { OtherSource } from '../layout/sources.js';
import type { LayoutDesk } from './layout-desk.js';
import type { ProgrammeDesk } from './programme-desk.js';
import type { Reachability } from '../output/output-driver.js';
import type { Actor } from '../switcher/actor.js';
import type { Change, Order } from '../switcher/switcher.js';
import type { SwitcherCommand, SwitcherState } from '../switcher/state.js';
import type { CameraDesk } from './camera-desk.js';
import type { TestPatternDesk, TestPatternStatus } from './test-pattern-desk.js';

/** A camera as people see it. */
export type TileStatus = {
  readonly camera: string;
  readonly name: string;
  /**
   * `stale`: no new picture for a second; `frozen`: pictures arrive, but always the same; `retrying`: there is no stream,
   * and the camera is asked again and again.
   */
  readonly state: 'connecting' | 'live' | 'stale' | 'frozen' | 'retrying' | 'off';
  /** Epoch milliseconds at which this state began. */
  readonly sinceMs: number;
  /** Whether the wall shows its slate instead of a picture; false when it is not on air. */
  readonly slate: boolean;
  /** Epoch milliseconds of its last picture while it was live, null before the first. */
  readonly lastLiveAtMs: number | null;
  /** A stable code such as `refused`, `unauthorised`, `timeout`, `ended`, `unreadable`, `no-key-picture`; null while nothing is wrong. */
  readonly reason: string | null;
  /** How many tries in a row have failed. */
  readonly attempt: number;
  /** Epoch milliseconds of the next try, null when none is planned. */
  readonly nextTryAtMs: number | null;
  /** Age of the newest data of the stream that is shown, null before the first. */
  readonly ageMs: number | null;
  /** The stream in use, null while there is none. */
  readonly stream: {
    readonly name: string;
    readonly widthPx: number;
    readonly heightPx: number;
    readonly codec: string;
  } | null;
  readonly onAir: boolean;
  readonly onPreview: boolean;
  /** Whether it turns now, and why its latest command did not succeed; null where it cannot be turned. */
  readonly ptz: { readonly isMoving: boolean; readonly reason: string | null } | null;
};

/** One output as people see it. */
export type OutputStatus = {
  readonly output: string;
  readonly type: string;
  /** Where it goes, such as `ddp://192.168.10.60:4048`; without secrets. */
  readonly address: string;
  readonly reachability: Reachability;
  readonly frames: number;
  readonly droppedFrames: number;
};

/** Which part of the wall an output shows, and how its chain of pixels runs through its cabinets. In wall pixels. */
export type PixelMapStatus = {
  readonly output: string;
  readonly area: Rectangle;
  /** Null pixels included. */
  readonly chainLengthPx: number;
  /** In the order of the chain; empty for an output without a map. */
  readonly cabinets: readonly {
    /** From 1. */
    readonly number: number;
    readonly rectangle: Rectangle;
    /** Degrees clockwise, as people see it. */
    readonly rotation: 0 | 90 | 180 | 270;
    readonly mirror: 'none' | 'horizontal' | 'vertical';
    /** Its first pixel on the chain, and one more than its last. */
    readonly from: number;
    readonly to: number;
    /** Where the chain comes in, where its first line ends, where it leaves. */
    readonly first: { readonly x: number; readonly y: number };
    readonly lineEnd: { readonly x: number; readonly y: number };
    readonly last: { readonly x: number; readonly y: number };
  }[];
};

/** How bright the wall is and why, and how each output comes to it. */
export type BrightnessReport = BrightnessStatus & {
  readonly outputs: readonly {
    readonly output: string;
    /** Who dims it: its pixels here, its controller; nobody where it lights nothing. */
    readonly by: 'pixels' | 'controller' | 'nobody';
    /** Per cent of full light that it is meant to have. */
    readonly percent: number;
    /** Per cent of full light that its pixels are sent with. */
    readonly pixelPercent: number;
    /** Whether it is sent no frames, because the wall is dark on purpose. */
    readonly isSilent: boolean;
  }[];
};

/** Figures since the start. */
export type WallStatistics = {
  readonly ticks: number;
  readonly missedTicks: number;
  readonly startedAtMs: number;
  /** Ticks in the last whole second. */
  readonly ticksPerSecond: number;
  /** Mean time that composing and sending took, milliseconds, over the last second. */
  readonly meanTickMs: number;
  /** Whether the wall has ticked within the last half second. */
  readonly ticking: boolean;
};

/** The wall as configured. */
export type WallInformation = Size & {
  readonly name: string;
  readonly framesPerSecond: number;
  /** IANA name of the zone whose time the wall shows and its schedule means, such as `Asia/Shanghai`. */
  readonly timeZone: string;
  readonly rehearsal: boolean;
};

/** Which picture: what is on air, what is prepared, one camera. */
export type PictureView =
  { readonly kind: 'program' } | { readonly kind: 'preview' } | { readonly kind: 'camera'; readonly camera: string };

/** A picture, RGB 8 bits each, row by row; a copy that belongs to the caller until `release`. */
export type EnginePicture = Size & {
  readonly rgb: Buffer;
  /** Wall tick of the picture. */
  readonly tick: number;
  /** Epoch milliseconds at which it was composed (or decoded, for a camera). */
  readonly timeMs: number;
  readonly release: () => void;
};

/** A layout that went on air: its first frame has been composed. */
export type Take = {
  readonly from: string;
  readonly to: string;
  /** `prepared`: its pictures were there already; `direct`: they had to be fetched. */
  readonly kind: 'prepared' | 'direct';
  readonly tick: number;
  /** How long it fades from that tick on; 0 for a cut. */
  readonly fadeMs: number;
  /** From the command to the first composed frame. */
  readonly tookMs: number;
};

/** A mistake in the configuration file, as people can mend it. */
export type ConfigurationProblem = {
  /** Stable. */
  readonly code: string;
  /** Where in the configuration, such as `layouts[0].areas`; empty for the file as a whole. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly mend: string;
};

/** How the service itself is, apart from its devices. */
export type ServiceStatus = {
  readonly configuration: {
    /** Name of the file, without its folders. */
    readonly file: string;
    /** `current`: in use; `invalid`: the file is broken, what was read before is in use; `needs-restart`: it will be used after one. */
    readonly state: 'current' | 'invalid' | 'needs-restart';
    /** Epoch milliseconds at which what is in use was read. */
    readonly loadedAtMs: number;
    readonly problems: readonly ConfigurationProblem[];
  };
  /** Whether what operators decided is on the disk; `problem` is a stable code. */
  readonly state: { readonly isSaved: boolean; readonly problem: string | null };
  /** Whether the process that watches this one is there. */
  readonly guardian: boolean;
};

/** What happens in the engine. */
export type EngineEvents = {
  /** After every command that changed the state. */
  state: [next: SwitcherState, previous: SwitcherState, change: Change];
  /** A take begins: its pictures are there (or waited for long enough), it goes on air at the next tick. */
  takeStarted: [from: string, to: string];
  taken: [take: Take];
  tile: [tile: TileStatus];
  count: [reading: CountReading];
  output: [output: OutputStatus];
  /** Something about the brightness changed; while light moves, once a second. */
  brightness: [report: BrightnessReport];
  controller: [controller: ControllerStatus];
  /** A test picture came on the wall or went; by whom, null when its time is over. */
  testPattern: [status: TestPatternStatus | null, actor: Actor | null];
  /** Something about the service itself changed. */
  service: [status: ServiceStatus];
  /** What comes on air by itself changed, or what of it is known. */
  automation: [];
  /** A draft of a layout came, changed or went. */
  layoutDrafts: [];
  /** The configuration was replaced: layouts, cameras and texts may be others. */
  reloaded: [];
};

/**
 * What control needs of the engine: a port, implemented by the composition root. Everything is a value or an event;
 * `execute` is the only way in.
 */
export interface WallEngine extends EventEmitter<EngineEvents> {
  readonly wall: WallInformation;
  /** In configured order, with the cells as configured (overrides are in the state). */
  layouts(): readonly Layout[];
  /** The sources that are no cameras: boards and images in configured order, then ticker and clock. */
  otherSources(): readonly OtherSource[];
  state(): SwitcherState;
  /** What comes on air by itself: tours and schedule. */
  readonly automation: Readonly<Pick<Conductor, 'plan' | 'status' | 'day'>>;
  /** The latest decision of a person that `undo` would take back, null when there is none. */
  undoable(): Change | null;
  /**
   * Carries out a command; resolves when it is decided and, where it changes what is on air, handed to the wall.
   * @throws GlasshallError `unknown-layout`, `unknown-cell`, `unknown-source`, `unknown-tour`, `no-schedule`,
   * `studio-mode-off`, `bad-template`, `text-too-long`, `bad-time`, `nothing-to-undo`, `above-ceiling` (with the computation), `conflict`
   * (the state is not the one that `order.ifRevision` names)
   */
  execute(command: SwitcherCommand, order: Order): Promise<void>;
  readonly testPatterns: TestPatternDesk;
  readonly layoutDesk: LayoutDesk;
  readonly programmeDesk: ProgrammeDesk;
  readonly cameras: CameraDesk;
  tiles(): readonly TileStatus[];
  outputs(): readonly OutputStatus[];
  /**
   * The session description (SDP) that a receiver of this output needs.
   * @throws GlasshallError `unknown-output`, `no-description` (its protocol has none), `not-describable` (there is no way to the receiver)
   */
  describeOutput(id: string): Promise<string>;
  /** In configured order. */
  pixelMaps(): readonly PixelMapStatus[];
  /** The screen's controllers, in configured order. */
  controllers(): readonly ControllerStatus[];
  counts(): readonly CountReading[];
  /** A queue system pushes its counts. @throws GlasshallError `unknown-count`, `not-pushable`, `bad-count` */
  pushCounts(id: string, values: Readonly<Record<string, CountValue>>): void;
  brightness(): BrightnessReport;
  /** A sensor says how much light falls on the place, lux. @throws GlasshallError `no-light-sensor`, `bad-lux` */
  observeLux(lux: number): void;
  statistics(): WallStatistics;
  service(): ServiceStatus;
  /** Reads the configuration file again, now. Resolves when it is in use, or known to be unusable. */
  reload(): Promise<void>;
  /**
   * @param maximumWidthPx for a camera: the width to decode at (a running decoder is reused); ignored for wall pictures
   * @throws GlasshallError `unknown-camera`, `no-picture`
   */
  picture(view: PictureView, maximumWidthPx?: number): Promise<EnginePicture>;
}
