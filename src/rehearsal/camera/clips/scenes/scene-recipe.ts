import sharp from 'sharp';
import type { ClipRecipe, FramePainter } from '../recipe.js';
import { FRAMES_PER_SECOND } from '../clip.js';
import { clockTextAt, loadCaption } from './caption.js';
import { FURNITURE_DEFINITIONS } from './furniture.js';
import { PEOPLE_DEFINITIONS } from './people.js';
import { type Actor, type Scene, SCENE_SIZE } from './scene.js';
import { blend, type PixelBox, restore, type Sprite, spriteOf } from './sprites.js';

const DEFINITIONS = `<defs>${PEOPLE_DEFINITIONS}${FURNITURE_DEFINITIONS}</defs>`;

/** How a scene becomes a recording. */
export function sceneRecipe(scene: Scene): ClipRecipe {
  return {
    title: scene.title,
    noise: 7,
    preset: 'superfast',
    drawnAt: SCENE_SIZE,
    prepare: (_, frameCount) => prepareScene(scene, frameCount),
  };
}

type PreparedActor = { readonly actor: Actor; readonly poses: readonly Sprite[] };

async function prepareScene(scene: Scene, frameCount: number): Promise<FramePainter> {
  const { widthPx, heightPx } = SCENE_SIZE;
  const background = await sharp(svgDocument(widthPx, heightPx, scene.background()))
    .removeAlpha()
    .raw()
    .toBuffer();
  const actors: PreparedActor[] = [];
  for (const actor of scene.actors()) actors.push({ actor, poses: await posesOf(actor) });
  const caption = await loadCaption(scene.title);
  blend(background, widthPx, caption.title, caption.titlePlace);
  let dirty: PixelBox[] = [];
  let isFirst = true;

  return (into, frame) => {
    // Only what was painted over is put back: a picture has two million pixels, its people have a tenth of them.
    if (isFirst) into.set(background);
    else for (const box of dirty) restore(into, background, widthPx, box);
    isFirst = false;
    dirty = [];
    const clipPart = frame / frameCount;
    for (const { actor, poses } of actors) {
      const place = actor.place(clipPart);
      const pose = poses[Math.floor(clipPart * actor.cycles * actor.poseCount) % actor.poseCount];
      if (place === null || pose === undefined) continue;
      const box = blend(into, widthPx, pose, place);
      if (box !== null) dirty.push(box);
    }
    for (const { sprite, place } of caption.clock(clockTextAt(frame / FRAMES_PER_SECOND))) {
      const box = blend(into, widthPx, sprite, place);
      if (box !== null) dirty.push(box);
    }
  };
}

/** All poses are drawn in one go, side by side: one call of the renderer instead of forty. */
async function posesOf(actor: Actor): Promise<Sprite[]> {
  const { widthPx, heightPx, poseCount } = actor;
  const cells = Array.from(
    { length: poseCount },
    (_, index) =>
      `<svg x="${index * widthPx}" y="0" width="${widthPx}" height="${heightPx}">${actor.draw(index / poseCount)}</svg>`,
  );
  const strip = await sharp(svgDocument(widthPx * poseCount, heightPx, cells.join('')))
    .ensureAlpha()
    .raw()
    .toBuffer();
  return Array.from({ length: poseCount }, (_, index) =>
    spriteOf(strip, widthPx * poseCount, index * widthPx, widthPx, heightPx),
  );
}

function svgDocument(widthPx: number, heightPx: number, content: string): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}">${DEFINITIONS}${content}</svg>`,
  );
}
