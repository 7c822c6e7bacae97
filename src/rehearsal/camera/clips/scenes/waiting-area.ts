import { citizen, prop, seatedPerson, walker } from './cast.js';
import { ceiling, chairs, floor, gradient, plant, shine, text, VIGNETTE } from './furniture.js';
import type { Actor, Scene } from './scene.js';

/** Rows of chairs from the far one to the near one: feet, size, and the seats that are taken, left to right. */
const ROWS: readonly { readonly y: number; readonly scale: number; readonly taken: readonly (number | null)[] }[] = [
  { y: 716, scale: 0.6, taken: [null, 21, 4, null, 22, 9, null, 3, 14, 20, null, 16] },
  { y: 858, scale: 0.78, taken: [24, null, 6, 11, null, 18, 2, null, 25, null] },
  { y: 1050, scale: 1.02, taken: [null, 13, null, 8, 23, null, 17, 0] },
];
const PITCH = 178;

/** Rows of chairs under the board that calls the numbers, in amber light. */
export const waitingArea: Scene = {
  title: '等候区',
  background: () =>
    `<defs>${gradient('wall', '#b58a4e', '#8f6a3a')}</defs>` +
    '<rect width="1920" height="1080" fill="url(#wall)"/>' +
    ceiling(120, 960, '#a8946f', '#fff3d6', [130, 500, 960, 1420, 1790]) +
    callBoard() +
    [150, 1770]
      .map(
        (x) =>
          `<rect x="${x - 105}" y="170" width="210" height="330" rx="6" fill="#7a5a30"/><rect x="${x - 92}" y="183" width="184" height="304" fill="#e0cfa6"/>${text(x, 246, 34, '#8c3b2c', '办事指南')}${Array.from({ length: 6 }, (_, index) => `<rect x="${x - 70}" y="${276 + index * 32}" width="${140 - ((index * 29) % 60)}" height="10" rx="4" fill="#a08a60"/>`).join('')}`,
      )
      .join('') +
    '<rect y="556" width="1920" height="18" fill="#6e4f2a"/>' +
    floor(574, 960, 250, '#b09a74', '#7a6647', '#5e4d33') +
    shine(960, 700, 640, 50, '#ffe9bd', 0.25) +
    plant(66, 690, 0.66, '#8c4a33') +
    plant(1856, 690, 0.66, '#8c4a33') +
    VIGNETTE,
  actors: () => [
    walker(citizen(10), { x: 0, y: 640, scale: 0.52 }, 0.2),
    ...ROWS.slice(0, 2).flatMap(row),
    walker(citizen(5), { x: 0, y: 900, scale: 0.84, mirrored: true }, 0.6),
    ...ROWS.slice(2).flatMap(row),
  ],
};

function callBoard(): string {
  const lines = [
    ['A047', '1 号窗口'],
    ['B028', '4 号窗口'],
    ['A049', '3 号窗口'],
  ];
  const rows = lines.map(([number = '', place = ''], index) => {
    const y = 322 + index * 76;
    const colour = index === 0 ? '#ffe08a' : '#ff8f5e';
    return `${text(640, y, 56, colour, '请')}${text(800, y, 60, colour, number)}${text(935, y, 56, colour, '号')}${text(1060, y, 56, colour, '到')}${text(1230, y, 56, colour, place)}`;
  });
  return (
    '<rect x="430" y="160" width="1060" height="352" rx="12" fill="#17120c"/><rect x="444" y="174" width="1032" height="324" rx="8" fill="#0e0a06" stroke="#5b4426" stroke-width="3"/>' +
    `<rect x="444" y="174" width="1032" height="74" fill="#4a1512"/>${text(960, 230, 52, '#ffd9a0', '叫 号 信 息')}${rows.join('')}`
  );
}

function row({ y, scale, taken }: (typeof ROWS)[number]): Actor[] {
  const pitch = PITCH * scale;
  const width = Math.ceil(pitch * taken.length) + 40;
  const left = Math.floor(960 - width / 2);
  const height = Math.ceil(270 * scale);
  const seats = prop(
    left,
    Math.floor(y - 240 * scale),
    width,
    height,
    chairs(960, y, scale, taken.length, PITCH, '#4a6f86'),
  );
  const people = taken.flatMap((number, index) =>
    number === null
      ? []
      : [
          seatedPerson(
            citizen(number),
            { x: 960 + (index - (taken.length - 1) / 2) * pitch, y: y + 8 * scale, scale },
            number,
          ),
        ],
  );
  return [seats, ...people];
}
