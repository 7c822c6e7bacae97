import { CloseStack, type Closable } from '../../src/core/closing.js';
import type { Size } from '../../src/core/geometry.js';
import { silentLogger } from '../../src/core/logger.js';
import { CameraHall } from '../../src/rehearsal/camera/camera-hall.js';
import { LedScreen } from '../../src/rehearsal/led-screen/led-screen.js';
import { ScreenWatch } from './screen-watch.js';
import { benchCacheDirectory, startWall, type WallProcess } from './wall-process.js';

/** A wall that shows test cards, from cameras to screen. */
export type TestCardHall = Closable & {
  readonly cameras: CameraHall;
  readonly screen: LedScreen;
  readonly watch: ScreenWatch;
  readonly wall: WallProcess;
};

/** What the hall is made of. */
export type TestCardHallOptions = {
  readonly cameraCount: number;
  readonly gopFrames: number;
  readonly size: Size;
  readonly layouts: readonly Record<string, unknown>[];
  readonly wall?: Record<string, unknown>;
};

/** Starts cameras with the test card, the screen, and the real service between them. */
export async function startTestCardHall(options: TestCardHallOptions): Promise<TestCardHall> {
  const closing = new CloseStack();
  try {
    const cameras = closing.add(
      await CameraHall.start({
        cameras: Array.from({ length: options.cameraCount }, (_, index) => ({
          id: `camera-${index + 1}`,
          name: `测试 ${index + 1}`,
          clip: 'test-card' as const,
          username: 'viewer',
          password: 'bench-pass',
          gopFrames: options.gopFrames,
        })),
        cacheDirectory: benchCacheDirectory(),
        discovery: false,
        log: silentLogger,
      }),
    );
    const screen = closing.add(await LedScreen.start({ ...options.size, udpPort: 0, log: silentLogger }));
    const wall = closing.add(
      await startWall({
        cameras: cameras.cameras,
        size: options.size,
        layouts: options.layouts,
        wall: options.wall ?? {},
        output: { host: '127.0.0.1', port: screen.udpPort },
      }),
    );
    const watch = closing.add(await ScreenWatch.open(screen.httpPort));
    return { cameras, screen, watch, wall, close: () => closing.close() };
  } catch (failure) {
    await closing.close();
    throw failure;
  }
}
