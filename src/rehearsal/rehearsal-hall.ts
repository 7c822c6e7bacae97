import { randomBytes } from 'node:crypto';
import { CloseStack, type Closable } from '../core/closing.js';
import type { Size } from '../core/geometry.js';
import type { Logger } from '../core/logger.js';
import { CameraHall } from './camera/camera-hall.js';
import { SimulatedNovastar } from './controller/simulated-novastar.js';
import { LedScreen } from './led-screen/led-screen.js';
import { QueueSystem } from './queue-system/queue-system.js';

/**
 * The rehearsal hall: simulated cameras, queue system and LED screen on loopback, at byte level, so that the wall cannot
 * tell. It is the demonstration, the training mode and the test double of everything else. `camera/` holds ONVIF
 * devices with RTSP servers, `queue-system/` the counts, `led-screen/` a DDP controller that a browser can look at,
 * `controller/` what such a screen is commanded through.
 */

/** Which simulated camera is which of the configuration's cameras; the clip is the scene it shows. */
const CAMERAS = [
  { id: 'lobby', name: '大厅', clip: 'lobby', variable: 'REHEARSAL_LOBBY', ptz: true },
  { id: 'window-a', name: '综合窗口 A 区', clip: 'windows-a', variable: 'REHEARSAL_WINDOW_A' },
  { id: 'window-b', name: '综合窗口 B 区', clip: 'windows-b', variable: 'REHEARSAL_WINDOW_B' },
  { id: 'tickets', name: '取号机', clip: 'ticket-machines', variable: 'REHEARSAL_TICKETS' },
  { id: 'self-service', name: '自助服务区', clip: 'self-service', variable: 'REHEARSAL_SELF_SERVICE' },
  { id: 'waiting', name: '等候区', clip: 'waiting-area', variable: 'REHEARSAL_WAITING' },
] as const;

/** How the hall is set up. */
export type RehearsalOptions = {
  readonly screen: Size;
  /** UDP port of the simulated screen, 0 for a free one. */
  readonly screenPort: number;
  readonly cacheDirectory: string;
  /** Making the pictures for the first time: share done (0 to 1) and what is being made. */
  readonly onProgress: (fraction: number, label: string) => void;
  readonly log: Logger;
};

/** The running simulators and what the configuration has to know of them. */
export class RehearsalHall implements Closable {
  readonly cameras: CameraHall;
  readonly queue: QueueSystem;
  readonly screen: LedScreen;
  readonly controller: SimulatedNovastar;
  readonly #closing: CloseStack;

  private constructor(parts: Pick<RehearsalHall, 'cameras' | 'queue' | 'screen' | 'controller'>, closing: CloseStack) {
    this.cameras = parts.cameras;
    this.queue = parts.queue;
    this.screen = parts.screen;
    this.controller = parts.controller;
    this.#closing = closing;
  }

  static async start(options: RehearsalOptions): Promise<RehearsalHall> {
    const closing = new CloseStack();
    try {
      const password = randomBytes(9).toString('base64url');
      const cameras = closing.add(
        await CameraHall.start({
          cameras: CAMERAS.map(({ id, name, clip, ...more }) => ({
            id,
            name,
            clip,
            username: 'viewer',
            password,
            ptz: 'ptz' in more,
          })),
          cacheDirectory: options.cacheDirectory,
          onProgress: options.onProgress,
          log: options.log,
        }),
      );
      const queue = closing.add(await QueueSystem.start({ port: 0, log: options.log }));
      const screen = closing.add(
        await LedScreen.start({ ...options.screen, udpPort: options.screenPort, log: options.log }),
      );
      const controller = closing.add(await SimulatedNovastar.start({ cards: 12 }));
      return new RehearsalHall({ cameras, queue, screen, controller }, closing);
    } catch (failure) {
      await closing.close();
      throw failure;
    }
  }

  /** The values behind the `${REHEARSAL_…}` names of `config/rehearsal.yaml`. */
  environment(): Record<string, string> {
    const variables: Record<string, string> = {
      REHEARSAL_QUEUE: this.queue.url,
      REHEARSAL_SCREEN_PORT: String(this.screen.udpPort),
      REHEARSAL_CONTROLLER_PORT: String(this.controller.port),
    };
    for (const { id, variable } of CAMERAS) {
      const camera = this.cameras.cameras.find((each) => each.id === id);
      if (camera === undefined) throw new RangeError(`the hall has no camera ${id}`);
      variables[variable] = camera.onvifAddress;
      variables['REHEARSAL_PASSWORD'] = camera.password;
    }
    return variables;
  }

  close(): Promise<void> {
    return this.#closing.close();
  }
}
