import type { CameraPool, CameraStatus } from '../camera/camera-pool.js';
import type { CameraOptions } from '../camera/options.js';
import { reasonWords, type Verdict } from './verdict.js';

/** Waits until every camera is live or has failed once, or the deadline comes. */
export async function checkCameras(
  cameras: CameraPool,
  configured: readonly CameraOptions[],
  deadline: AbortSignal,
): Promise<Verdict[]> {
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (deadline.aborted || cameras.status().every(isDecided)) {
        cameras.off('status', look);
        deadline.removeEventListener('abort', look);
        resolve();
      }
    };
    cameras.on('status', look);
    deadline.addEventListener('abort', look);
    look();
  });
  return cameras.status().map((status) =>
    judge(
      status,
      configured.find(({ id }) => id === status.camera),
    ),
  );
}

function isDecided(status: CameraStatus): boolean {
  return status.state === 'live' || status.state === 'retrying';
}

function judge(status: CameraStatus, options: CameraOptions | undefined): Verdict {
  const camera = { device: 'camera', id: status.camera } as const;
  if (status.state === 'live') {
    const stream = status.stream;
    const words = stream === null ? '' : ` (${stream.name}: ${stream.widthPx}×${stream.heightPx} ${stream.codec})`;
    return { ...camera, state: 'well', message: `live${words}`, mend: null };
  }
  const { message, mend } = reasonWords(status.reason ?? 'timeout');
  return { ...camera, state: 'wrong', message: `${placeOf(options)}${message}`, mend };
}

/** Where the camera is said to be, without user and password. */
function placeOf(options: CameraOptions | undefined): string {
  const address = options?.onvif?.address ?? options?.rtsp?.main;
  return address === undefined ? '' : `${address.replace(/\/\/[^/@]*@/, '//')}: `;
}
