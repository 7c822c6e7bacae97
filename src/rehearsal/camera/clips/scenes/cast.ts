import { shade } from './limbs.js';
import { type Look, sitting, standing, upperBody } from './people.js';
import { sideways, sittingSideways } from './people-sideways.js';
import type { Actor, Place } from './scene.js';

const SKINS = ['#e8b998', '#dfa985', '#f0c8a8', '#d49c78'];
const HAIRS = ['#1f1b1a', '#2b211d', '#16161a', '#3a2a22', '#8d8d8f'];

const STANDING: Extent = { halfWidth: 150, top: 425, bottom: 25 };
const SITTING: Extent = { halfWidth: 190, top: 345, bottom: 25 };
const BUST: Extent = { halfWidth: 150, top: 425, bottom: -140 };

/** Clothes of citizens, so that a crowd is not uniform: shirt and trousers. */
const CLOTHES: readonly (readonly [string, string])[] = [
  ['#b8453f', '#2f3647'],
  ['#4f7fa8', '#3b3f46'],
  ['#d8a548', '#4a4038'],
  ['#5d8f6b', '#2c3440'],
  ['#8a5f8f', '#33333d'],
  ['#c9c2b4', '#4b5568'],
  ['#37455c', '#6b6558'],
  ['#d07b5a', '#3a4252'],
  ['#6fa3a0', '#40383a'],
  ['#e0d5c5', '#5a4a44'],
];
const STYLES: readonly Look['hairStyle'][] = ['short', 'long', 'short', 'bun', 'short', 'long', 'short'];

/** A citizen: the same number is always the same person. */
export function citizen(number: number): Look {
  const [shirt, trousers] = pick(CLOTHES, number * 3 + 1);
  const hairStyle = pick(STYLES, number * 5 + (number >> 1));
  const isSkirt = (hairStyle === 'long' || hairStyle === 'bun') && number % 3 !== 0;
  const look: Look = {
    shirt,
    trousers,
    skin: pick(SKINS, number),
    hair: pick(HAIRS, number * 2),
    hairStyle,
    skirt: isSkirt,
  };
  return number % 3 === 1 ? { ...look, bag: pick(['#7a3f36', '#31485e', '#56604a'], number) } : look;
}

/** Somebody who works here, in uniform. */
export function clerk(number: number, jacket: string, tie: string): Look {
  return {
    shirt: number % 2 === 0 ? jacket : shade(jacket, 1.12),
    trousers: '#2a2f3c',
    skin: pick(SKINS, number + 2),
    hair: pick(HAIRS, number),
    hairStyle: pick(['bun', 'short', 'long', 'short'], number),
    tie,
  };
}

/** Where somebody is in the picture: feet at `x`, `y`, and how large (1: an adult measures 400 px). */
export type Spot = { readonly x: number; readonly y: number; readonly scale: number; readonly mirrored?: boolean };

/** Behind a counter, facing us: types, looks up, turns to the screen. */
export function clerkAtCounter(look: Look, spot: Spot, number: number): Actor {
  return person(spot, BUST, 40, 3, (part) => {
    const turn = wave(part + number * 0.17);
    const typing = Math.sin(part * 2 * Math.PI * 7);
    return upperBody(look, 'front', {
      headX: 5 * turn,
      headY: 2 + 4 * wave(part * 2 + number * 0.3),
      leftArm: [
        [-14, 62],
        [20 + 5 * typing, 92 + 5 * typing],
      ],
      rightArm: [
        [14, 62],
        [-18 + 5 * typing, 92 - 6 * typing],
      ],
    });
  });
}

/** At a counter or a machine, seen from behind: shifts weight, points at something. */
export function visitorFromBehind(look: Look, spot: Spot, number: number): Actor {
  return person(spot, STANDING, 40, 3, (part) => {
    const gesture = Math.max(0, wave(part + number * 0.23));
    return standing(look, 'back', {
      headX: 4 * wave(part * 2 + number * 0.4),
      headY: 2 * wave(part + number * 0.1),
      rightArm: [
        [16 + 8 * gesture, 56 - 8 * gesture],
        [10 + 34 * gesture, 112 - 76 * gesture],
      ],
    });
  });
}

/** Standing towards us, with a phone or a paper. */
export function waitingPerson(look: Look, spot: Spot, number: number): Actor {
  return person(spot, STANDING, 32, 2, (part) =>
    standing(look, 'front', {
      headX: 5 * wave(part + number * 0.37),
      headY: 3 + 3 * wave(part * 2 + number * 0.2),
      rightArm: [
        [14, 58],
        [-28, 78 + 4 * wave(part * 2)],
      ],
      leftArm: [
        [-14, 58],
        [-8 + 4 * wave(part), 112],
      ],
      holding: number % 2 === 0 ? 'phone' : 'paper',
    }),
  );
}

/** On a chair, towards us: reads, looks round. */
export function seatedPerson(look: Look, spot: Spot, number: number): Actor {
  const isReading = number % 3 !== 2;
  return person(spot, SITTING, 32, 1 + (number % 3), (part) => {
    const move = wave(part + number * 0.31);
    return sitting(look, {
      headX: (isReading ? 3 : 9) * move,
      headY: isReading ? 6 + 2 * wave(part * 2) : 2,
      leftArm: [
        [-16, 56],
        [6, 84],
      ],
      rightArm: isReading
        ? [
            [16, 54],
            [-16, 70 + 4 * move],
          ]
        : [
            [16, 56],
            [-6, 86],
          ],
      ...(isReading ? { holding: number % 2 === 0 ? ('phone' as const) : ('paper' as const) } : {}),
    });
  });
}

/** At the side of a counter: facing right, or left where mirrored. */
export function visitorFromTheSide(look: Look, spot: Spot, number: number): Actor {
  return person(spot, STANDING, 32, 3, (part) => {
    const reach = 0.35 + 0.35 * wave(part + number * 0.29);
    return sideways(look, null, 3 * wave(part * 2 + number * 0.2), reach);
  });
}

/** Sitting behind a counter that is seen from its end. */
export function clerkFromTheSide(look: Look, spot: Spot, number: number): Actor {
  return person(spot, SITTING, 32, 3, (part) => {
    const reach = 0.5 + 0.5 * wave(part * 2 + number * 0.21);
    return sittingSideways(look, reach, 3 * wave(part + number * 0.4));
  });
}

/** Crosses the picture in the length of the recording. `headStart` 0 to 1 says how far on the way it is at the beginning. */
export function walker(look: Look, spot: Spot, headStart: number): Actor {
  const halfWidth = 130 * spot.scale;
  const from = -halfWidth * 2;
  const distance = 1920 + halfWidth * 4;
  const steps = Math.max(1, Math.round(distance / (330 * spot.scale)));
  const still = person(spot, STANDING, 20, steps, (part) => sideways(look, part));
  return {
    ...still,
    place: (clipPart) => {
      const way = from + distance * ((clipPart + headStart) % 1);
      const x = spot.mirrored === true ? 1920 - way : way;
      return { x: Math.round(x - still.widthPx / 2), y: Math.round(spot.y - STANDING.top * spot.scale) };
    },
  };
}

/** Something that stands still in front of actors. */
export function prop(x: number, y: number, widthPx: number, heightPx: number, svg: string): Actor {
  const place: Place = { x, y };
  return {
    widthPx,
    heightPx,
    poseCount: 1,
    cycles: 1,
    draw: () => `<g transform="translate(${-x} ${-y})">${svg}</g>`,
    place: () => place,
  };
}

/** How much room a person needs to both sides, above and below the feet; a bust ends above them. */
type Extent = { readonly halfWidth: number; readonly top: number; readonly bottom: number };

function person(spot: Spot, extent: Extent, poseCount: number, cycles: number, draw: (part: number) => string): Actor {
  const { halfWidth, top, bottom } = extent;
  const widthPx = Math.ceil(halfWidth * 2 * spot.scale);
  const heightPx = Math.ceil((top + bottom) * spot.scale);
  const flip = spot.mirrored === true ? -spot.scale : spot.scale;
  const transform = `translate(${halfWidth * spot.scale} ${top * spot.scale}) scale(${flip} ${spot.scale})`;
  const place: Place = { x: Math.round(spot.x - halfWidth * spot.scale), y: Math.round(spot.y - top * spot.scale) };
  return {
    widthPx,
    heightPx,
    poseCount,
    cycles,
    draw: (part) => `<g transform="${transform}">${draw(part)}</g>`,
    place: () => place,
  };
}

/** −1 to 1, once per whole part. */
function wave(part: number): number {
  return Math.sin(part * 2 * Math.PI);
}

function pick<T>(list: readonly T[], index: number): T {
  const found = list[((index % list.length) + list.length) % list.length];
  if (found === undefined) throw new RangeError('nothing to pick from');
  return found;
}
