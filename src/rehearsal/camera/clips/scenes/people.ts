/** People, drawn in units of which an adult measures 400, from feet at 0, 0 upwards (negative y). */
import { chain, hand, line, type Offset, shade, SHOES } from './limbs.js';

/** How somebody looks. Colours are CSS colours. */
export type Look = {
  readonly shirt: string;
  readonly trousers: string;
  readonly skin: string;
  readonly hair: string;
  readonly hairStyle: 'short' | 'long' | 'bun';
  readonly skirt?: boolean;
  readonly bag?: string;
  /** A uniform: jacket over a white shirt, with a tie or scarf of this colour. */
  readonly tie?: string;
};

/** A pose of somebody seen from the front or the back. Arms go from the shoulder by elbow to hand. */
export type FrontalPose = {
  readonly headX?: number;
  readonly headY?: number;
  readonly leftArm?: readonly [Offset, Offset];
  readonly rightArm?: readonly [Offset, Offset];
  /** Something in the right hand. */
  readonly holding?: 'phone' | 'paper';
};

/** What every SVG with people needs once. */
export const PEOPLE_DEFINITIONS =
  '<linearGradient id="fold" x1="0" x2="1" y1="0" y2="0"><stop offset="0" stop-color="#fff" stop-opacity=".14"/>' +
  '<stop offset=".45" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".26"/></linearGradient>' +
  '<radialGradient id="ground"><stop offset="0" stop-color="#000" stop-opacity=".42"/><stop offset="1" stop-color="#000" stop-opacity="0"/></radialGradient>';

const RESTING_LEFT: readonly [Offset, Offset] = [
  [-14, 58],
  [-8, 112],
];
const RESTING_RIGHT: readonly [Offset, Offset] = [
  [14, 58],
  [8, 112],
];

/** Somebody standing, seen from the front or from behind. */
export function standing(look: Look, view: 'front' | 'back', pose: FrontalPose = {}): string {
  const legs = look.skirt
    ? line(
        [
          [-16, -110],
          [-15, -10],
        ],
        20,
        look.skin,
      ) +
      line(
        [
          [16, -110],
          [15, -10],
        ],
        20,
        look.skin,
      ) +
      `<path d="M-36-215 L-46-98 Q0-84 46-98 L36-215Z" fill="${look.trousers}"/><path d="M-36-215 L-46-98 Q0-84 46-98 L36-215Z" fill="url(#fold)"/>`
    : line(
        [
          [-18, -195],
          [-20, -102],
          [-20, -14],
        ],
        33,
        look.trousers,
      ) +
      line(
        [
          [18, -195],
          [20, -102],
          [20, -14],
        ],
        33,
        shade(look.trousers, 0.88),
      );
  return (
    '<ellipse cx="0" cy="-2" rx="78" ry="17" fill="url(#ground)"/>' +
    `<ellipse cx="-23" cy="-7" rx="21" ry="9" fill="${SHOES}"/><ellipse cx="23" cy="-7" rx="21" ry="9" fill="${SHOES}"/>` +
    legs +
    upperBody(look, view, pose)
  );
}

/** Somebody sitting towards us, feet at 0, 0, on a seat that is 110 high. */
export function sitting(look: Look, pose: FrontalPose = {}): string {
  const shin = look.skirt ? look.skin : look.trousers;
  return (
    '<ellipse cx="0" cy="-2" rx="80" ry="16" fill="url(#ground)"/>' +
    `<ellipse cx="-29" cy="-6" rx="20" ry="10" fill="${SHOES}"/><ellipse cx="29" cy="-6" rx="20" ry="10" fill="${SHOES}"/>` +
    line(
      [
        [-29, -98],
        [-29, -16],
      ],
      look.skirt ? 21 : 29,
      shin,
    ) +
    line(
      [
        [29, -98],
        [29, -16],
      ],
      look.skirt ? 21 : 29,
      shin,
    ) +
    `<g transform="translate(0 82)">${upperBody(look, 'front', pose, false)}</g>` +
    line(
      [
        [-22, -122],
        [-30, -98],
      ],
      42,
      look.trousers,
    ) +
    line(
      [
        [22, -122],
        [30, -98],
      ],
      42,
      shade(look.trousers, 0.9),
    ) +
    `<g transform="translate(0 82)">${arms(look, pose)}${holding(pose)}</g>`
  );
}

/** The upper half of somebody seen from the front, e.g. behind a counter, in the same units as a standing person. */
export function upperBody(look: Look, view: 'front' | 'back', pose: FrontalPose = {}, withArms = true): string {
  const torso = 'M-30-318 Q-52-312 -53-284 L-41-196 Q0-186 41-196 L53-284 Q52-312 30-318 Q0-328 -30-318Z';
  const uniform =
    look.tie === undefined || view === 'back'
      ? ''
      : '<path d="M-17-321 L0-252 L17-321Z" fill="#eef2f5"/>' +
        `<path d="M-6-316 L6-316 L8-262 L0-250 L-8-262Z" fill="${look.tie}"/>` +
        '<rect x="19" y="-288" width="17" height="8" rx="2" fill="#e8c66a"/>';
  const strap = look.bag !== undefined && view === 'back' ? backpack(look.bag) : '';
  return (
    (view === 'front' ? hairBehind(look, pose.headX ?? 0, pose.headY ?? 0) : '') +
    `<rect x="-12" y="-346" width="24" height="34" rx="9" fill="${shade(look.skin, 0.86)}"/>` +
    `<path d="${torso}" fill="${look.shirt}"/><path d="${torso}" fill="url(#fold)"/>${uniform}${strap}` +
    head(look, view, pose.headX ?? 0, pose.headY ?? 0) +
    (withArms ? arms(look, pose) + holding(pose) : '')
  );
}

function head(look: Look, view: 'front' | 'back', x: number, y: number): string {
  const skull = `<ellipse cx="0" cy="-364" rx="27" ry="33" fill="${look.skin}"/>`;
  const ears = `<circle cx="-27" cy="-361" r="6" fill="${shade(look.skin, 0.9)}"/><circle cx="27" cy="-361" r="6" fill="${shade(look.skin, 0.9)}"/>`;
  const long = look.hairStyle === 'long';
  const bun = look.hairStyle === 'bun' ? `<circle cx="0" cy="-404" r="15" fill="${look.hair}"/>` : '';
  if (view === 'back') {
    const bottom = long ? -304 : -345;
    const hair = `<path d="M-30-366 Q-31-403 0-403 Q31-403 30-366 L${long ? 33 : 25} ${bottom} Q0 ${bottom + 12} ${long ? -33 : -25} ${bottom}Z" fill="${look.hair}"/>`;
    return `<g transform="translate(${x} ${y})">${ears}${skull}${bun}${hair}</g>`;
  }
  const faceX = x * 0.8;
  const fringe = `<path d="M-30-358 Q-34-404 0-404 Q34-404 30-358 Q27-380 ${10 + faceX}-384 Q-20-384 -30-358Z" fill="${look.hair}"/>`;
  const face =
    `<g transform="translate(${faceX} ${y * 0.6})" fill="#2a2320"><ellipse cx="-10" cy="-361" rx="3.4" ry="3.8"/><ellipse cx="10" cy="-361" rx="3.4" ry="3.8"/>` +
    '<path d="M-7-343 Q0-339 7-343" fill="none" stroke="#8c4a3e" stroke-width="2.6" stroke-linecap="round"/></g>';
  return `<g transform="translate(${x} ${y})">${ears}${bun}${skull}${fringe}${face}</g>`;
}

/** Long hair falls behind the shoulders, so it is drawn before them. */
function hairBehind(look: Look, x: number, y: number): string {
  if (look.hairStyle !== 'long') return '';
  const shape = 'M-33-376 Q-46-326 -38-292 L38-292 Q46-326 33-376Z';
  return `<g transform="translate(${x} ${y})"><path d="${shape}" fill="${look.hair}"/></g>`;
}

function arms(look: Look, pose: FrontalPose): string {
  const left = chain([-45, -296], pose.leftArm ?? RESTING_LEFT);
  const right = chain([45, -296], pose.rightArm ?? RESTING_RIGHT);
  return (
    line(left, 25, shade(look.shirt, 0.94)) +
    line(right, 25, shade(look.shirt, 0.84)) +
    hand(left, look.skin) +
    hand(right, look.skin)
  );
}

function holding(pose: FrontalPose): string {
  if (pose.holding === undefined) return '';
  const [x, y] = chain([45, -296], pose.rightArm ?? RESTING_RIGHT).at(-1) ?? [0, 0];
  return pose.holding === 'phone'
    ? `<rect x="${x - 22}" y="${y - 22}" width="22" height="36" rx="4" fill="#1d2128"/><rect x="${x - 19}" y="${y - 18}" width="16" height="27" fill="#9cc7e8"/>`
    : `<rect x="${x - 40}" y="${y - 34}" width="46" height="58" fill="#f0ede2"/><path d="M${x - 33} ${y - 22}h30M${x - 33} ${y - 12}h30M${x - 33} ${y - 2}h22" stroke="#9a9c9f" stroke-width="3"/>`;
}

function backpack(colour: string): string {
  return (
    `<rect x="-35" y="-304" width="70" height="92" rx="18" fill="${colour}"/><rect x="-24" y="-256" width="48" height="34" rx="8" fill="${shade(colour, 0.82)}"/>` +
    `<path d="M-28-304 Q-30-318 -22-320 M28-304 Q30-318 22-320" stroke="${shade(colour, 0.7)}" stroke-width="9" fill="none"/>`
  );
}
