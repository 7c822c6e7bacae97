import { OBSWebSocket } from 'obs-websocket-js';
import { CloseStack, type Closable } from '../../../src/core/closing.js';
import { silentLogger } from '../../../src/core/logger.js';
import { LedScreen } from '../../../src/rehearsal/led-screen/led-screen.js';
import { readMetric } from '../metrics-reader.js';
import { ScreenWatch } from '../screen-watch.js';
import { startWall, type WallProcess } from '../wall-process.js';
import { CameraGroup } from './camera-group.js';
import { ForeignCamera } from './foreign-camera.js';
import { CountFeed } from './count-feed.js';
import { MovedClock } from './moved-clock-control.js';
import { SmallDisk } from './small-disk.js';
import { type TilePlace, TileWatch } from './tile-watch.js';

/** The camera that is hurt when one is; asked by ONVIF for its streams, like the cameras of a hall. */
export const VICTIM = 'camera-1';
const OTHERS = ['camera-2', 'camera-3', 'camera-4', 'camera-5', 'camera-6'] as const;
/** A camera with a server that we did not write. */
export const FOREIGN = 'camera-7';
export const ALL_CAMERAS: readonly string[] = [VICTIM, ...OTHERS, FOREIGN];

const SIZE = { widthPx: 640, heightPx: 360 };
const CELL = { width: 156, height: 88 };
/** The victim's cell has a width that no other has: its decoder is known by it. */
export const VICTIM_CELL = { width: 158, height: 88 };
const COLUMNS = 4;

/** Everything that can be hurt, and those who look at what comes of it. */
export class FaultHall implements Closable {
  /** Alone in its process, so that the process can be hurt. */
  readonly victim: CameraGroup;
  readonly others: CameraGroup;
  /** Null where GStreamer is not installed. */
  readonly foreign: ForeignCamera | null;
  readonly queue: CountFeed;
  readonly screen: LedScreen;
  readonly clock: MovedClock;
  /** Where the service keeps its state; null where no small disk can be made. */
  readonly disk: SmallDisk | null;
  readonly wall: WallProcess;
  readonly obs: OBSWebSocket;
  readonly places: readonly TilePlace[];
  readonly tiles: TileWatch;
  readonly #closing: CloseStack;

  private constructor(parts: Omit<FaultHall, 'close' | 'ticks' | 'missedTicks'>, closing: CloseStack) {
    this.victim = parts.victim;
    this.others = parts.others;
    this.foreign = parts.foreign;
    this.queue = parts.queue;
    this.screen = parts.screen;
    this.clock = parts.clock;
    this.disk = parts.disk;
    this.wall = parts.wall;
    this.obs = parts.obs;
    this.places = parts.places;
    this.tiles = parts.tiles;
    this.#closing = closing;
  }

  /**
   * @param moreLayouts beside the one in which all cameras are on air
   * @param hasSmallDisk whether its state is on a disk that can be filled; that one is full by itself within minutes of takes
   */
  static async start(
    print: (line: string) => void,
    moreLayouts: readonly Record<string, unknown>[] = [],
    hasSmallDisk = true,
  ): Promise<FaultHall> {
    const closing = new CloseStack();
    try {
      const victim = closing.add(await CameraGroup.start([VICTIM]));
      await victim.warmUp();
      const others = closing.add(await CameraGroup.start(OTHERS));
      const foreign = await ForeignCamera.start(FOREIGN, print);
      if (foreign !== null) closing.add(foreign);
      const queue = closing.add(await CountFeed.start());
      const screen = closing.add(await LedScreen.start({ ...SIZE, udpPort: 0, log: silentLogger }));
      const clock = closing.add(await MovedClock.open());
      const disk = hasSmallDisk ? await SmallDisk.mount(print) : null;
      if (disk !== null) closing.add(disk);
      const victims = victim.cameras.map((camera) => ({ ...camera, onvif: camera.onvifAddress }));
      const cameras = [...victims, ...others.cameras, ...(foreign === null ? [] : [foreign.camera])];
      const places = cameras.map(({ id }, index) => placeOf(id, index));
      const wall = closing.add(
        await startWall({
          cameras,
          size: SIZE,
          layouts: [
            {
              id: 'all',
              name: 'all',
              cells: [
                ...places.map(({ camera, ...place }) => ({ source: camera, ...place })),
                { source: 'ticker', x: 0, y: 312, width: SIZE.widthPx, height: 48 },
              ],
            },
            ...moreLayouts,
          ],
          wall: { labels: false, clock: false },
          counts: [countsOf(queue.url)],
          output: { host: '127.0.0.1', port: screen.udpPort },
          // What the wall says of the faults would stand between the rows.
          environment: { LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'fatal', ...clock.environment },
          ...(disk === null ? {} : { stateDirectory: disk.path }),
        }),
      );
      const watch = closing.add(await ScreenWatch.open(screen.httpPort));
      const tiles = closing.add(new TileWatch(watch, places));
      const obs = new OBSWebSocket();
      await obs.connect(wall.obsUrl);
      closing.defer(() => obs.disconnect());
      const parts = { victim, others, foreign, queue, screen, clock, disk, wall, obs, places, tiles };
      return new FaultHall(parts, closing);
    } catch (failure) {
      await closing.close();
      throw failure;
    }
  }

  /** Ticks since the engine started, as the wall reports them once a second. */
  get ticks(): number {
    return this.wall.reports.at(-1)?.ticks ?? 0;
  }

  /** Ticks missed since the engine started. */
  missedTicks(): Promise<number> {
    return readMetric(this.wall.url, 'glasshall_wall_missed_ticks_total');
  }

  close(): Promise<void> {
    return this.#closing.close();
  }
}

function placeOf(camera: string, index: number): TilePlace {
  const x = (index % COLUMNS) * VICTIM_CELL.width;
  const y = Math.floor(index / COLUMNS) * CELL.height;
  return { camera, x, y, ...(camera === VICTIM ? VICTIM_CELL : CELL) };
}

function countsOf(url: string): Record<string, unknown> {
  return {
    id: 'queue',
    type: 'http',
    url,
    every: '500ms',
    staleAfter: '3s',
    fields: { waiting: '$.ticketsToServe', serving: '$.ticketServedLabel' },
  };
}
