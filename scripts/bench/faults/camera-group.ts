import type { Closable } from '../../../src/core/closing.js';
import { silentLogger } from '../../../src/core/logger.js';
import { CameraHall, type HallCamera } from '../../../src/rehearsal/camera/camera-hall.js';
import type { CameraFault } from '../../../src/rehearsal/camera/fault.js';
import { benchCacheDirectory } from '../wall-process.js';

/** All cameras of the benchmark have it: a wall under test knows one. */
export const PASSWORD = 'bench-pass';
export const USERNAME = 'viewer';
const GROUP_OF_PICTURES = 50;
const OTHER_SIZES = { main: { widthPx: 1280, heightPx: 720 }, sub: { widthPx: 320, heightPx: 180 } };

type Ports = { readonly rtsp: number; readonly onvif: number };

/** Cameras with the test card in one process that may die and come back at the same ports. */
export class CameraGroup implements Closable {
  readonly #ids: readonly string[];
  /** Of ONVIF and of RTSP, in the order of the cameras. */
  readonly #ports: readonly Ports[];
  #hall: CameraHall;

  private constructor(ids: readonly string[], hall: CameraHall) {
    this.#ids = ids;
    this.#hall = hall;
    this.#ports = hall.cameras.map(({ rtspMain, onvifAddress }) => ({
      rtsp: Number(new URL(rtspMain).port),
      onvif: Number(new URL(`http://${onvifAddress}`).port),
    }));
  }

  static async start(ids: readonly string[]): Promise<CameraGroup> {
    return new CameraGroup(ids, await startHall(ids, [], GROUP_OF_PICTURES));
  }

  get cameras(): readonly HallCamera[] {
    return this.#hall.cameras;
  }

  /** RTSP ports, in the order of the cameras. */
  get ports(): readonly number[] {
    return this.#ports.map(({ rtsp }) => rtsp);
  }

  /** Has everything made that faults will show, so that no fault waits for it. */
  async warmUp(): Promise<void> {
    for (const fault of [
      { kind: 'codec', codec: 'h265' },
      { kind: 'none' },
      { kind: 'resolution', ...OTHER_SIZES },
      { kind: 'none' },
    ] as const) {
      await this.fault(fault);
    }
  }

  /** Every camera of the group. */
  async fault(fault: CameraFault): Promise<void> {
    await Promise.all(this.#ids.map((id) => this.#hall.fault(id, fault)));
  }

  /** Other sizes in the running streams. */
  changeResolution(): Promise<void> {
    return this.fault({ kind: 'resolution', ...OTHER_SIZES });
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
    const { processId } = this.#hall;
    if (processId !== undefined) process.kill(processId, signal);
  }

  /** Ends the process if it still runs, and starts it again at the same ports. */
  async restart(gopFrames = GROUP_OF_PICTURES): Promise<void> {
    await this.#hall.close();
    this.#hall = await startHall(this.#ids, this.#ports, gopFrames);
  }

  close(): Promise<void> {
    return this.#hall.close();
  }
}

function startHall(ids: readonly string[], ports: readonly Ports[], gopFrames: number): Promise<CameraHall> {
  return CameraHall.start({
    cameras: ids.map((id, index) => ({
      id,
      name: id,
      clip: 'test-card' as const,
      username: USERNAME,
      password: PASSWORD,
      rtspPort: ports[index]?.rtsp ?? 0,
      onvifPort: ports[index]?.onvif ?? 0,
      gopFrames,
    })),
    cacheDirectory: benchCacheDirectory(),
    discovery: false,
    log: silentLogger,
  });
}
