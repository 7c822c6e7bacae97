import { citizen, prop, visitorFromBehind, waitingPerson, walker } from './cast.js';
import { ceiling, floor, gradient, kiosk, ledSign, plant, shine, text, VIGNETTE } from './furniture.js';
import type { Actor, Scene } from './scene.js';

/** Where numbers are drawn, in the green of the signs that lead there. */
export const ticketMachines: Scene = {
  title: '取号机',
  background: () =>
    `<defs>${gradient('wall', '#5c9482', '#3f7466')}</defs>` +
    '<rect width="1920" height="1080" fill="url(#wall)"/>' +
    ceiling(140, 700, '#8fa69d', '#f1f6ee', [130, 520, 910, 1300, 1690]) +
    '<rect x="180" y="196" width="760" height="150" rx="14" fill="#1f5f4f"/><rect x="180" y="196" width="760" height="150" rx="14" fill="url(#gloss)"/>' +
    text(560, 300, 88, '#f2f5e4', '取 号 处') +
    [0, 1, 2, 3, 4, 5, 6, 7]
      .map((index) => `<rect x="${index * 250}" y="400" width="4" height="400" fill="#2f6053" fill-opacity=".5"/>`)
      .join('') +
    noticeBoard() +
    '<rect y="770" width="1920" height="26" fill="#2a5c4e"/>' +
    floor(796, 700, 300, '#a7b5a6', '#6f8274', '#566a5d') +
    shine(330, 900, 160, 60, '#e7f6e8', 0.28) +
    shine(800, 900, 160, 60, '#e7f6e8', 0.28) +
    guideLine() +
    plant(1830, 880, 0.9, '#d7d0bd') +
    VIGNETTE,
  actors: () => [
    machine(330, '#b9c6bb', '#2b8a72'),
    machine(800, '#b9c6bb', '#2b8a72'),
    waitingPerson(citizen(9), { x: 1130, y: 908, scale: 0.95 }, 3),
    walker(citizen(14), { x: 0, y: 930, scale: 0.98, mirrored: true }, 0.55),
    visitorFromBehind(citizen(0), { x: 440, y: 990, scale: 1.08 }, 0),
    visitorFromBehind(citizen(5), { x: 905, y: 984, scale: 1.06 }, 1),
    waitingPerson(citizen(12), { x: 1330, y: 970, scale: 1.05 }, 6),
    waitingPerson(citizen(17), { x: 1580, y: 1000, scale: 1.08 }, 7),
  ],
};

function noticeBoard(): string {
  const rows = ['不动产登记', '社会保险', '公积金', '市场准入'].map((words, index) => {
    const y = 408 + index * 62;
    const waiting = ['6', '11', '4', '8'][index] ?? '0';
    return `${text(1230, y, 38, '#ffd98a', words, 500)}${text(1560, y, 38, '#7ef0a0', `等候 ${waiting} 人`, 500)}`;
  });
  return (
    '<rect x="1040" y="196" width="760" height="490" rx="12" fill="#10241f"/><rect x="1052" y="208" width="736" height="466" rx="8" fill="#0b1512" stroke="#375" stroke-width="2"/>' +
    `${ledSign(1420, 226, 700, 92, '今 日 办 件 情 况', '#ff8a66')}<path d="M1090 346H1750" stroke="#2c5a4c" stroke-width="3"/>${rows.join('')}`
  );
}

function guideLine(): string {
  return '<path d="M560 1080 L660 850 L720 850 L700 1080Z" fill="#e6c14f" fill-opacity=".75"/><path d="M600 1000 l40 -46 l40 46z" fill="#6f5a1a" fill-opacity=".6"/>';
}

function machine(x: number, body: string, screen: string): Actor {
  return prop(
    x - 190,
    400,
    380,
    540,
    kiosk(x, 912, 1.14, body, screen, '排队取号', ['个人业务', '企业业务', '预约取号']),
  );
}
