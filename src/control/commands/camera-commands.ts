import type { Role } from '../options.js';
import { defineCommand } from './command.js';
import { commandSchemas as schemas } from './schemas.js';

const operator = (): Role => 'operator';

/** Cameras that can be turned. */
export const cameraCommands = {
  'move-camera': defineCommand({
    summary: 'Turns and zooms a camera; given again within a second it goes on, otherwise the camera is stopped.',
    schema: schemas['move-camera'],
    minimumRole: operator,
    isRepetition: ({ camera, ...velocity }, { engine }) => engine.cameras.ptz(camera).isMoving(velocity),
    run: ({ camera, ...velocity }, { engine }) => engine.cameras.ptz(camera).move(velocity),
  }),
  'stop-camera': defineCommand({
    summary: 'Stops a camera that turns.',
    schema: schemas['stop-camera'],
    minimumRole: operator,
    run: ({ camera }, { engine }) => engine.cameras.ptz(camera).stop(),
  }),
  'home-camera': defineCommand({
    summary: 'Turns a camera to its home position.',
    schema: schemas['home-camera'],
    minimumRole: operator,
    run: ({ camera }, { engine }) => engine.cameras.ptz(camera).goHome(),
  }),
  'recall-camera-preset': defineCommand({
    summary: 'Turns a camera to a position that it has kept.',
    schema: schemas['recall-camera-preset'],
    minimumRole: operator,
    run: ({ camera, preset }, { engine }) => engine.cameras.ptz(camera).recall(preset),
  }),
  'save-camera-preset': defineCommand({
    summary: 'Lets a camera keep its present position under a name.',
    schema: schemas['save-camera-preset'],
    minimumRole: operator,
    run: ({ camera, name, preset }, { engine }) => engine.cameras.ptz(camera).save(name, preset),
  }),
  'remove-camera-preset': defineCommand({
    summary: 'Lets a camera forget a position.',
    schema: schemas['remove-camera-preset'],
    minimumRole: operator,
    run: ({ camera, preset }, { engine }) => engine.cameras.ptz(camera).remove(preset),
  }),
} as const;
