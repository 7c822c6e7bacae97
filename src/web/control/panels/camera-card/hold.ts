import type { CameraCommands, Velocity } from '../../commands/cameras.js';

/** Turns a camera as long as something is held. */
export type Hold = {
  /** Begins, or goes on in another way. */
  readonly turn: (velocity: Velocity) => void;
  /** Lets go; nothing happens when nothing was held. */
  readonly letGo: () => void;
};

/** The server stops a camera of which it hears nothing for a second. */
const AGAIN_MS = 400;

/** @param onEnd called when it ends by itself, because the camera did not do it */
export function createHold(
  commands: Pick<CameraCommands, 'move' | 'stop'>,
  camera: string,
  onEnd: () => void = () => undefined,
): Hold {
  let velocity: Velocity | null = null;
  let timer: number | undefined;
  let isAsking = false;

  const end = (): void => {
    velocity = null;
    window.clearInterval(timer);
  };

  const say = async (): Promise<void> => {
    const said = velocity;
    // A slow camera is not asked the same again before it has answered.
    if (said === null || isAsking) return;
    isAsking = true;
    const done = await commands.move(camera, said);
    isAsking = false;
    if (velocity === null) return;
    if (!done) {
      end();
      onEnd();
    } else if (velocity !== said) void say();
  };

  return {
    turn: (wanted) => {
      const begins = velocity === null;
      velocity = wanted;
      void say();
      if (begins) timer = window.setInterval(() => void say(), AGAIN_MS);
    },
    letGo: () => {
      if (velocity === null) return;
      end();
      void commands.stop(camera);
    },
  };
}
