import { citizen, clerk, clerkFromTheSide, prop, visitorFromTheSide } from './cast.js';
import { gradient, ledSign, plant, shine, text, VIGNETTE } from './furniture.js';
import { shade } from './limbs.js';
import type { Actor, Scene } from './scene.js';

/** Everything runs towards this point. */
const VANISHING = { x: 1330, y: 400 };
/** Sizes of the counters, from the far one to the near one; 1 is what is drawn below. */
const DEPTHS = [0.3, 0.42, 0.6, 0.86];
const NUMBERS = ['B028', 'B031', 'B026', 'B030'];
/** The counter at size 1: where its top begins and ends, how high it is. */
const COUNTER = { left: 560, right: 900, top: 836, bottom: 1060 };

/** A long counter seen from its end, in warm wood. */
export const windowsB: Scene = {
  title: '综合窗口 B 区',
  background: () =>
    `<defs>${gradient('wood', '#8a5a3e', '#6b4330')}${gradient('ceiling', '#5d463a', '#a58a73')}${gradient('floorwarm', '#c5a98c', '#8b6d55')}${gradient('right', '#c49a72', '#a77d58')}</defs>` +
    '<rect width="1920" height="1080" fill="#a67d5c"/>' +
    wallPolygon([0, 0], [1920, 0], 'url(#ceiling)') +
    wallPolygon([0, 1080], [1920, 1080], 'url(#floorwarm)') +
    wallPolygon([0, -200], [0, 1300], 'url(#wood)') +
    wallPolygon([1920, -120], [1920, 1240], 'url(#right)') +
    lightLine(620) +
    lightLine(1240) +
    leftPanels() +
    windowsOnTheRight() +
    floorLines() +
    farWall() +
    shine(1250, 820, 240, 60, '#fff0d8', 0.3) +
    shine(1420, 1000, 320, 50, '#fff0d8', 0.22) +
    plant(1800, 1040, 1.15, '#7d4a38') +
    plant(1545, 640, 0.42, '#7d4a38') +
    VIGNETTE,
  actors: () => [
    ...DEPTHS.map((depth, index) =>
      clerkFromTheSide(clerk(index + 1, '#6e2f35', '#e8c66a'), { ...at(depth, 470, 1100), scale: depth * 1.18 }, index),
    ),
    counter(),
    ...DEPTHS.map((depth, index) =>
      visitorFromTheSide(
        citizen([3, 6, 10, 15][index] ?? 0),
        { ...at(depth, 1030, 1085), scale: depth * 1.18, mirrored: true },
        index,
      ),
    ),
    ...signs(),
  ],
};

/** A point of the picture at size 1, moved to where it is at another depth. */
function at(depth: number, x: number, y: number): { x: number; y: number } {
  return { x: VANISHING.x + (x - VANISHING.x) * depth, y: VANISHING.y + (y - VANISHING.y) * depth };
}

function point(depth: number, x: number, y: number): string {
  const place = at(depth, x, y);
  return `${place.x.toFixed(1)},${place.y.toFixed(1)}`;
}

function wallPolygon(a: readonly [number, number], b: readonly [number, number], fill: string): string {
  return `<polygon points="${a[0]},${a[1]} ${b[0]},${b[1]} ${VANISHING.x},${VANISHING.y}" fill="${fill}"/>`;
}

function farWall(): string {
  return (
    '<rect x="1120" y="305" width="313" height="238" fill="#c39a70"/><rect x="1120" y="305" width="313" height="44" fill="#7c3138"/>' +
    text(1276, 338, 30, '#f6e3bd', '综合窗口 B 区')
  );
}

function lightLine(x: number): string {
  const shape = `${point(1.25, x, -40)} ${point(1.25, x + 150, -40)} ${point(0.26, x + 150, -40)} ${point(0.26, x, -40)}`;
  return `<polygon points="${shape}" fill="#fff1d6" opacity=".55" filter="url(#soft)"/><polygon points="${shape}" fill="#fff6e6"/>`;
}

function leftPanels(): string {
  return [0.34, 0.48, 0.68, 0.97]
    .map((depth) => {
      const next = depth * 1.3;
      const x = -80;
      const panel = `${point(depth, x, 260)} ${point(next, x, 260)} ${point(next, x, 900)} ${point(depth, x, 900)}`;
      return `<polygon points="${panel}" fill="#5a3728" fill-opacity=".45"/>`;
    })
    .join('');
}

function windowsOnTheRight(): string {
  return [0.5, 0.72, 1.02, 1.45]
    .map((depth) => {
      const next = depth * 1.28;
      const x = 2080;
      const pane = `${point(depth, x, 60)} ${point(next, x, 60)} ${point(next, x, 720)} ${point(depth, x, 720)}`;
      return `<polygon points="${pane}" fill="#e9d9bb"/><polygon points="${pane}" fill="url(#glass)"/>`;
    })
    .join('');
}

function floorLines(): string {
  const rays = Array.from({ length: 15 }, (_, index) => `M${VANISHING.x} ${VANISHING.y}L${-1400 + index * 340} 1080`);
  const rows = [0.26, 0.34, 0.45, 0.6, 0.8].map((depth) => {
    const { y } = at(depth, 0, 1240);
    return `M${VANISHING.x - 1500 * depth} ${y.toFixed(0)}H1920`;
  });
  return `<g clip-path="url(#ground-only)"><clipPath id="ground-only"><polygon points="0,1080 1920,1080 ${VANISHING.x},${VANISHING.y}"/></clipPath><path d="${rays.join('')}${rows.join('')}" stroke="#6d5340" stroke-opacity=".45" stroke-width="2.5"/></g>`;
}

function counter(): Actor {
  const { left, right, top, bottom } = COUNTER;
  const near = 2.4;
  const far = 0.22;
  const slab = `${point(near, left, top)} ${point(near, right, top)} ${point(far, right, top)} ${point(far, left, top)}`;
  const front = `${point(near, right, top)} ${point(far, right, top)} ${point(far, right, bottom)} ${point(near, right, bottom)}`;
  const band = `${point(near, right, bottom - 40)} ${point(far, right, bottom - 40)} ${point(far, right, bottom)} ${point(near, right, bottom)}`;
  const edge = `${point(near, right, top)} ${point(far, right, top)} ${point(far, right, top + 18)} ${point(near, right, top + 18)}`;
  const dividers = [0.255, 0.355, 0.505, 0.72, 1.03]
    .map((depth) => {
      const pane = `${point(depth, left + 60, top)} ${point(depth, right - 20, top)} ${point(depth, right - 20, top - 190)} ${point(depth, left + 60, top - 190)}`;
      return `<polygon points="${pane}" fill="#f5e9d6" fill-opacity=".24"/><polygon points="${pane}" fill="url(#glass)" stroke="#fff" stroke-opacity=".55" stroke-width="2"/>`;
    })
    .join('');
  const things = DEPTHS.map((depth) => {
    const { x, y } = at(depth, 0, 0);
    return (
      `<g transform="translate(${x} ${y}) scale(${depth})">` +
      `<path d="M${left + 150} ${top + 6} l36 -8 l10 -104 l-14 -2 l-8 98z" fill="#2c2a2c"/><rect x="${left + 118}" y="${top - 4}" width="80" height="10" rx="4" fill="#2c2a2c"/>` +
      `<rect x="${right - 110}" y="${top - 14}" width="70" height="12" rx="3" fill="#f2ead9"/></g>`
    );
  });
  return prop(
    0,
    360,
    1920,
    720,
    `<polygon points="${front}" fill="#8f5538"/><polygon points="${front}" fill="url(#gloss)"/><polygon points="${band}" fill="#5e2a2c"/>` +
      `<polygon points="${slab}" fill="#e3cfae"/><polygon points="${edge}" fill="${shade('#e3cfae', 0.82)}"/>${dividers}${things.join('')}`,
  );
}

function signs(): Actor[] {
  return DEPTHS.map((depth, index) => {
    const centre = at(depth, 500, 130);
    const width = Math.round(300 * depth);
    const height = Math.round(82 * depth);
    const x = Math.round(centre.x - width / 2);
    const y = Math.round(centre.y);
    return prop(
      x,
      y - 40,
      width,
      height * 2 + 44,
      `<path d="M${x + width * 0.2} ${y - 40}V${y}M${x + width * 0.8} ${y - 40}V${y}" stroke="#d8c4a4" stroke-width="4"/>${ledSign(centre.x, y, width, height, `${4 - index} 号窗口`, '#ffd166')}${ledSign(centre.x, y + height, width, height, `请 ${NUMBERS[index] ?? ''} 号`, '#ff6b57')}`,
    );
  });
}
