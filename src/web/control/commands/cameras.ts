import type { VendorResponse } from '../../../control/vendor.js';
import type { FailureWords } from '../state/notices.js';
import type { CommandRunner } from './runner.js';

export type CameraPreset = VendorResponse<'GetCameraPresets'>['presets'][number];

/** How fast, −1 to 1: right, up and in are positive. */
export type Velocity = { readonly pan: number; readonly tilt: number; readonly zoom: number };

/** Where cameras look. */
export type CameraCommands = {
  /** To be said again within a second; otherwise the server stops the camera. */
  move(camera: string, velocity: Velocity): Promise<boolean>;
  stop(camera: string): Promise<boolean>;
  goHome(camera: string): Promise<boolean>;
  /** Null where the camera did not say. */
  presets(camera: string): Promise<readonly CameraPreset[] | null>;
  recall(camera: string, preset: string): Promise<boolean>;
  /** @param preset the one to replace, null for a new one */
  save(camera: string, name: string, preset: string | null): Promise<boolean>;
  remove(camera: string, preset: string): Promise<boolean>;
};

export function cameraCommands(runner: CommandRunner): CameraCommands {
  const turning: FailureWords = ({ ptz }) => ptz.failed.turn;
  return {
    move: (camera, velocity) => runner.call('ptz', turning, 'MoveCamera', { camera, ...velocity }),
    stop: (camera) => runner.call('ptz-stop', ({ ptz }) => ptz.failed.stop, 'StopCamera', { camera }),
    goHome: (camera) => runner.call('ptz', turning, 'HomeCamera', { camera }),
    presets: async (camera) => {
      const answer = await runner.ask('ptz-presets', ({ ptz }) => ptz.failed.presets, 'GetCameraPresets', { camera });
      return answer?.presets ?? null;
    },
    recall: (camera, preset) => runner.call('ptz', turning, 'RecallCameraPreset', { camera, preset }),
    save: (camera, name, preset) =>
      runner.call('ptz-save', ({ ptz }) => ptz.failed.save, 'SaveCameraPreset', { camera, name, preset }),
    remove: (camera, preset) =>
      runner.call('ptz-remove', ({ ptz }) => ptz.failed.remove, 'RemoveCameraPreset', { camera, preset }),
  };
}
