import type { Size } from '../core/geometry.js';
import type { Layout } from './layout.js';

/** No id that people write has a colon. */
const PREFIX = 'full-screen:';

/**
 * For every camera a layout with nothing but it, over the whole wall: whoever wants one camera large need not bend a layout
 * that has another name, and can prepare it whatever is on air. They stand behind the written ones.
 * @param taken names of layouts that are there already
 */
export function fullScreenLayouts(
  cameras: readonly { readonly id: string; readonly name: string }[],
  { widthPx, heightPx }: Size,
  taken: readonly string[],
): readonly Layout[] {
  const names = new Set(taken);
  return cameras.map(({ id, name }) => {
    const plain = `${name}（全屏）`;
    const own = names.has(plain) ? `${name}（全屏，${id}）` : plain;
    names.add(own);
    const rectangle = { x: 0, y: 0, widthPx, heightPx };
    return { id: `${PREFIX}${id}`, name: own, cells: [{ id: 'camera', source: id, rectangle, z: 0, fit: 'cover' }] };
  });
}

/** The camera that a layout of `fullScreenLayouts` shows; null for any other layout. */
export function fullScreenCamera(layoutId: string): string | null {
  return layoutId.startsWith(PREFIX) ? layoutId.slice(PREFIX.length) : null;
}
