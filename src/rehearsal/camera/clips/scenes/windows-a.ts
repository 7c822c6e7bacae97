import { citizen, clerk, clerkAtCounter, prop, visitorFromBehind, walker } from './cast.js';
import { ceiling, floor, gradient, ledSign, monitorBack, shine, text, VIGNETTE } from './furniture.js';
import type { Actor, Scene } from './scene.js';

const STATIONS = [258, 726, 1194, 1662];
const NUMBERS = ['A047', 'A052', 'A049', 'A051'];
const TOP = 640;

/** Four counters seen from the hall, in the blue of the administration. */
export const windowsA: Scene = {
  title: '综合窗口 A 区',
  background: () =>
    `<defs>${gradient('wall', '#54789c', '#3d5f84')}</defs>` +
    '<rect width="1920" height="1080" fill="url(#wall)"/>' +
    ceiling(150, 960, '#8796a5', '#eef3f2', [150, 560, 960, 1360, 1770]) +
    '<rect y="150" width="1920" height="112" fill="#24517f"/><rect y="258" width="1920" height="6" fill="#d9b566"/>' +
    text(960, 231, 66, '#f0f4f8', '综 合 窗 口　A 区') +
    [0, 1, 2, 3, 4].map((index) => cabinet(24 + index * 468 - 104)).join('') +
    STATIONS.map((x, index) => hangingSign(x, index)).join('') +
    floor(830, 960, 330, '#8d9aa6', '#64707e', '#4a5663') +
    STATIONS.map((x) => shine(x, 930, 130, 44, '#dfe9f2', 0.22)).join('') +
    VIGNETTE,
  actors: () => [
    ...STATIONS.map((x, index) =>
      clerkAtCounter(clerk(index, '#2c4a78', '#b8342f'), { x: x + 26, y: TOP + 218, scale: 1 }, index),
    ),
    counters(),
    visitorFromBehind(citizen(1), { x: 170, y: 1016, scale: 1.02 }, 0),
    visitorFromBehind(citizen(4), { x: 640, y: 1000, scale: 0.98 }, 2),
    visitorFromBehind(citizen(2), { x: 1104, y: 1012, scale: 1.03 }, 3),
    visitorFromBehind(citizen(8), { x: 1580, y: 1004, scale: 0.97 }, 1),
    walker(citizen(5), { x: 0, y: 1062, scale: 1.12 }, 0.35),
  ],
};

function cabinet(x: number): string {
  const doors = [0, 1].map(
    (side) =>
      `<rect x="${x + 8 + side * 100}" y="420" width="92" height="330" rx="3" fill="#6f8fb0" fill-opacity=".5"/>`,
  );
  return `<rect x="${x}" y="410" width="208" height="350" fill="#2f4c6e" fill-opacity=".55"/>${doors.join('')}`;
}

function hangingSign(x: number, index: number): string {
  return (
    `<path d="M${x - 120} 264V300M${x + 120} 264V300" stroke="#c3cad2" stroke-width="5"/>` +
    ledSign(x, 298, 330, 66, `${index + 1} 号窗口`, '#ffd166') +
    ledSign(x, 362, 330, 60, `请 ${NUMBERS[index] ?? ''} 号`, '#ff6b57')
  );
}

function counters(): Actor {
  const station = (x: number): string =>
    `<rect x="${x - 214}" y="470" width="428" height="${TOP - 470}" fill="url(#glass)"/>` +
    `<path d="M${x - 214} 470H${x + 214}" stroke="#dbe8f2" stroke-opacity=".7" stroke-width="4"/>` +
    monitorBack(x + 140, TOP, 0.92) +
    `<rect x="${x + 64}" y="${TOP + 50}" width="64" height="90" rx="6" fill="#e8edf2" fill-opacity=".85"/>` +
    text(x + 96, TOP + 112, 44, '#24517f', String(STATIONS.indexOf(x) + 1)) +
    `<rect x="${x - 180}" y="${TOP + 84}" width="200" height="8" rx="4" fill="#d9b566"/>`;
  const posts = [24, 492, 960, 1428, 1896].map(
    (x) =>
      `<rect x="${x - 14}" y="440" width="28" height="${TOP - 440 + 230}" fill="#c9d3dc"/><rect x="${x - 14}" y="440" width="28" height="${TOP - 440 + 230}" fill="url(#gloss)"/>`,
  );
  return prop(
    0,
    430,
    1920,
    450,
    `<rect y="860" width="1920" height="18" fill="#000" fill-opacity=".25"/><rect y="${TOP + 18}" width="1920" height="206" fill="#b9c6d1"/>` +
      `<rect y="${TOP + 18}" width="1920" height="206" fill="url(#gloss)"/><rect y="${TOP + 190}" width="1920" height="34" fill="#24517f"/>` +
      `${STATIONS.map(station).join('')}${posts.join('')}<rect y="${TOP - 6}" width="1920" height="28" rx="4" fill="#e4dccb"/><rect y="${TOP + 18}" width="1920" height="8" fill="#000" fill-opacity=".2"/>`,
  );
}
