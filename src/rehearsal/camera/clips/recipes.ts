import type { ClipName, ClipRecipe } from './recipe.js';
import { drawTestCard } from './test-card.js';
import { SCENES } from './scenes/scenes.js';
import { sceneRecipe } from './scenes/scene-recipe.js';

/** Drawn for every size by itself, finely encoded and free of noise: a measuring instrument, not a picture. */
const testCard: ClipRecipe = {
  title: '测试卡',
  noise: 0,
  preset: 'veryfast',
  constantQuality: 8,
  drawnAt: null,
  prepare: (size) => Promise.resolve((into, frame) => drawTestCard(into, size, frame)),
};

/** How each recording is made. */
export function recipeOf(name: ClipName): ClipRecipe {
  return name === 'test-card' ? testCard : sceneRecipe(SCENES[name]);
}
