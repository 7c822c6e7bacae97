import { hand, line, type Offset, shade, SHOES } from './limbs.js';
import type { Look } from './people.js';

/** Somebody walking (`stepPart` 0 to 1 is a pair of steps) or standing (null), seen from the side, facing right. */
export function sideways(look: Look, stepPart: number | null, headY = 0, reach = 0): string {
  const swing = stepPart === null ? [0, 0] : [stepPart * 2 * Math.PI, (stepPart + 0.5) * 2 * Math.PI];
  const legs = swing.map((angle) => sideLeg(angle, stepPart === null ? 0 : 1));
  const lowest = Math.max(...legs.map(([, , ankle]) => ankle?.[1] ?? 0));
  const lift = -14 - lowest;
  const arm = (angle: number): Offset[] => sideArm(stepPart === null ? 0.12 : -0.5 * Math.sin(angle), reach);
  const [near = [], far = []] = legs;
  const shoe = (points: Offset[]): string => {
    const [x, y] = points.at(-1) ?? [0, 0];
    return `<path d="M${x - 13} ${y + 12} L${x - 12} ${y - 6} L${x + 10} ${y - 6} Q${x + 34} ${y + 2} ${x + 34} ${y + 12}Z" fill="${SHOES}"/>`;
  };
  const torso = 'M-22-316 Q-34-290 -30-240 L-27-190 Q0-182 27-190 L31-250 Q34-300 20-316 Q0-326 -22-316Z';
  const skirt = look.skirt ? `<path d="M-29-212 L-38-104 Q0-92 40-104 L28-212Z" fill="${look.trousers}"/>` : '';
  const legColour = look.skirt ? look.skin : look.trousers;
  const legWidth = look.skirt ? 22 : 34;
  return (
    '<ellipse cx="0" cy="-2" rx="86" ry="15" fill="url(#ground)"/>' +
    `<g transform="translate(0 ${lift.toFixed(1)})">` +
    line(arm(swing[1] ?? 0), 22, shade(look.shirt, 0.75)) +
    shoe(far) +
    line(far, legWidth, shade(legColour, 0.78)) +
    shoe(near) +
    line(near, legWidth, legColour) +
    skirt +
    `<rect x="-11" y="-346" width="23" height="36" rx="9" fill="${shade(look.skin, 0.88)}"/>` +
    `<path d="${torso}" fill="${look.shirt}"/><path d="${torso}" fill="url(#fold)"/>` +
    (look.bag === undefined ? '' : `<path d="M-24-300 Q-66-296 -64-246 Q-62-214 -28-216Z" fill="${look.bag}"/>`) +
    `<g transform="translate(0 ${headY})">${sideHead(look)}</g>` +
    line(arm(swing[0] ?? 0), 24, shade(look.shirt, 0.92)) +
    hand(arm(swing[0] ?? 0), look.skin) +
    '</g>'
  );
}

/** Somebody sitting at a counter, seen from the side, facing right; feet at 0, 0, on a seat 110 high. `reach` 0 to 1 lifts the hand. */
export function sittingSideways(look: Look, reach: number, headY = 0): string {
  const torso = 'M-22-234 Q-34-208 -30-158 L-32-108 Q0-98 30-108 L31-168 Q34-218 20-234 Q0-244 -22-234Z';
  const hip: Offset = [-6, -116];
  return (
    '<ellipse cx="20" cy="-2" rx="92" ry="15" fill="url(#ground)"/>' +
    '<path d="M-58-250 Q-46-180 -50-104 L40-104" fill="none" stroke="#2b2f38" stroke-width="13" stroke-linecap="round"/>' +
    '<rect x="-14" y="-100" width="11" height="78" fill="#3a3f4a"/><rect x="-56" y="-22" width="94" height="10" rx="5" fill="#3a3f4a"/>' +
    line([hip, [72, -112], [76, -20]], 34, look.trousers) +
    `<path d="M64-6 L65-22 L88-22 Q108-14 108-6Z" fill="${SHOES}"/>` +
    `<rect x="-11" y="-264" width="23" height="36" rx="9" fill="${shade(look.skin, 0.88)}"/>` +
    `<path d="${torso}" fill="${look.shirt}"/><path d="${torso}" fill="url(#fold)"/>` +
    (look.tie === undefined ? '' : `<path d="M16-234 L30-214 L30-176 L22-190Z" fill="#eef2f5"/>`) +
    `<g transform="translate(0 ${82 + headY})">${sideHead(look)}</g>` +
    line(
      [
        [2, -222],
        [26, -168],
        [76 + 14 * reach, -168 - 26 * reach],
      ],
      24,
      shade(look.shirt, 0.92),
    ) +
    `<circle cx="${82 + 14 * reach}" cy="${-168 - 26 * reach}" r="12" fill="${look.skin}"/>`
  );
}

function sideHead(look: Look): string {
  const long =
    look.hairStyle === 'long' ? `<path d="M-30-372 Q-42-330 -32-300 L-8-304 L-6-360Z" fill="${look.hair}"/>` : '';
  const bun = look.hairStyle === 'bun' ? `<circle cx="-26" cy="-388" r="15" fill="${look.hair}"/>` : '';
  const hair = `<path d="M-12-346 Q-34-348 -30-378 Q-24-406 4-404 Q30-402 27-376 Q12-390 -2-382 Q-4-364 -12-346Z" fill="${look.hair}"/>`;
  return (
    `${long}<ellipse cx="0" cy="-366" rx="28" ry="33" fill="${look.skin}"/><path d="M25-366 L34-354 L25-350Z" fill="${look.skin}"/>` +
    `<circle cx="-7" cy="-362" r="6" fill="${shade(look.skin, 0.86)}"/>${bun}${hair}` +
    '<ellipse cx="17" cy="-367" rx="2.8" ry="3.8" fill="#2a2320"/><path d="M15-346 L25-347" stroke="#8c4a3e" stroke-width="2.4" stroke-linecap="round"/>'
  );
}

/** From hip to ankle. `effort` 0 is standing. */
function sideLeg(angle: number, effort: number): Offset[] {
  const thigh = 0.46 * Math.sin(angle) * effort;
  const bend = (0.06 + 0.85 * Math.max(0, Math.cos(angle)) ** 1.5) * effort;
  const knee: Offset = [95 * Math.sin(thigh), -195 + 95 * Math.cos(thigh)];
  return [[0, -195], knee, [knee[0] + 88 * Math.sin(thigh - bend), knee[1] + 88 * Math.cos(thigh - bend)]];
}

function sideArm(angle: number, reach: number): Offset[] {
  const upper = angle + reach * 0.7;
  const lower = upper + 0.35 + reach * 0.9;
  const elbow: Offset = [62 * Math.sin(upper), -300 + 62 * Math.cos(upper)];
  return [[0, -300], elbow, [elbow[0] + 58 * Math.sin(lower), elbow[1] + 58 * Math.cos(lower)]];
}
