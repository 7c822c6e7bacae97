import { citizen, clerk, clerkAtCounter, prop, visitorFromBehind, waitingPerson, walker } from './cast.js';
import { floor, gradient, plant, shine, text, VIGNETTE } from './furniture.js';
import { shade } from './limbs.js';
import type { Actor, Scene } from './scene.js';

/** The wide entrance hall in daylight: glass front, columns, the information desk in the middle. */
export const lobby: Scene = {
  title: '大厅',
  background: () =>
    `<defs>${gradient('sky', '#5f95b8', '#a9c6cc')}${gradient('wall', '#b8a47f', '#97835f')}</defs>` +
    '<rect width="1920" height="1080" fill="url(#wall)"/>' +
    glassFront() +
    '<rect width="1920" height="96" fill="#8d7c5e"/><rect y="90" width="1920" height="10" fill="#6d5f46"/>' +
    [250, 610, 960, 1310, 1670]
      .map(
        (x) =>
          `<ellipse cx="${x}" cy="60" rx="120" ry="16" fill="#fff4d8" opacity=".6" filter="url(#soft)"/><ellipse cx="${x}" cy="60" rx="92" ry="11" fill="#fff8e8"/>`,
      )
      .join('') +
    '<rect x="520" y="118" width="880" height="112" rx="10" fill="#8e2f2b"/><rect x="520" y="118" width="880" height="112" rx="10" fill="url(#gloss)"/>' +
    text(960, 200, 72, '#f7e0a8', '政 务 服 务 中 心') +
    floor(690, 960, 300, '#b9a987', '#85734f', '#6b5b3d') +
    [300, 720, 1200, 1620].map((x) => shine(x, 800, 110, 130, '#e6f2f2', 0.26)).join('') +
    [110, 470, 1450, 1810].map(column).join('') +
    plant(300, 740, 0.62, '#7b6a55') +
    plant(1620, 740, 0.62, '#7b6a55') +
    VIGNETTE,
  actors: () => [
    walker(citizen(3), { x: 0, y: 748, scale: 0.62 }, 0.1),
    walker(citizen(16), { x: 0, y: 756, scale: 0.6, mirrored: true }, 0.45),
    walker(citizen(11), { x: 0, y: 752, scale: 0.63 }, 0.68),
    clerkAtCounter(clerk(0, '#8e2f2b', '#f0d48a'), { x: 880, y: 990, scale: 0.84 }, 0),
    clerkAtCounter(clerk(2, '#8e2f2b', '#f0d48a'), { x: 1050, y: 990, scale: 0.84 }, 2),
    desk(),
    visitorFromBehind(citizen(10), { x: 770, y: 968, scale: 0.9 }, 1),
    waitingPerson(citizen(6), { x: 1370, y: 918, scale: 0.84 }, 4),
    waitingPerson(citizen(13), { x: 1470, y: 930, scale: 0.84 }, 5),
    walker(citizen(2), { x: 0, y: 1010, scale: 1.02, mirrored: true }, 0.15),
    walker(citizen(7), { x: 0, y: 1046, scale: 1.1 }, 0.78),
  ],
};

function glassFront(): string {
  const panes = Array.from({ length: 8 }, (_, index) => {
    const x = 90 + index * 220;
    return `<rect x="${x}" y="250" width="208" height="450" fill="url(#glass)"/><rect x="${x}" y="250" width="208" height="450" fill="none" stroke="#6d6552" stroke-width="9"/>`;
  });
  return (
    '<rect x="86" y="246" width="1756" height="454" fill="url(#sky)"/>' +
    '<path d="M86 560 L180 470 L330 470 L330 500 L460 500 L460 420 L620 420 L620 520 L800 520 L800 455 L960 455 L960 530 L1120 530 L1120 400 L1290 400 L1290 490 L1480 490 L1480 440 L1660 440 L1660 540 L1842 540 L1842 700 L86 700Z" fill="#8aa9b4" fill-opacity=".7"/>' +
    '<path d="M86 640 Q280 590 480 632 T900 628 T1320 632 T1842 622 L1842 700 L86 700Z" fill="#5f8d62" fill-opacity=".85"/>' +
    `${panes.join('')}<rect x="86" y="470" width="1756" height="8" fill="#6d6552"/>`
  );
}

function column(x: number): string {
  const colour = '#b3a07a';
  return (
    `<ellipse cx="${x}" cy="760" rx="92" ry="18" fill="#000" fill-opacity=".24"/><rect x="${x - 46}" y="96" width="92" height="664" fill="${colour}"/>` +
    `<rect x="${x - 46}" y="96" width="92" height="664" fill="url(#fold)"/><rect x="${x - 60}" y="724" width="120" height="40" rx="4" fill="${shade(colour, 0.8)}"/><rect x="${x - 58}" y="96" width="116" height="30" fill="${shade(colour, 0.85)}"/>`
  );
}

function desk(): Actor {
  return prop(
    590,
    690,
    740,
    300,
    '<ellipse cx="960" cy="952" rx="350" ry="26" fill="#000" fill-opacity=".3"/>' +
      '<path d="M640 800 Q960 850 1280 800 L1260 936 Q960 984 660 936Z" fill="#9a6a48"/><path d="M640 800 Q960 850 1280 800 L1260 936 Q960 984 660 936Z" fill="url(#gloss)"/>' +
      '<path d="M620 778 Q960 838 1300 778 L1300 802 Q960 862 620 802Z" fill="#eadfc6"/>' +
      text(960, 926, 58, '#f7e0a8', '咨 询 台') +
      '<g transform="translate(1130 800)"><rect x="-46" y="-78" width="92" height="62" rx="5" fill="#3a3d44"/><rect x="-8" y="-18" width="16" height="22" fill="#3a3d44"/></g>',
  );
}
