import { citizen, prop, visitorFromBehind, walker } from './cast.js';
import { floor, gradient, kiosk, plant, shine, text, VIGNETTE } from './furniture.js';
import type { Actor, Scene } from './scene.js';

const MACHINES: readonly (readonly [x: number, screen: string, title: string, rows: readonly string[]])[] = [
  [210, '#2f6fd0', '社保自助', ['参保证明', '待遇查询', '缴费记录']],
  [585, '#7a4fc4', '税务自助', ['发票领取', '完税证明', '申报查询']],
  [960, '#1f8fa8', '证照自助', ['身份证', '居住证', '港澳签注']],
  [1335, '#b0487e', '公积金', ['余额查询', '贷款进度', '提取申请']],
  [1710, '#3f7f54', '不动产', ['登记查询', '证明打印', '档案查询']],
];

/** Machines for those who come after hours: dim, with lit screens. */
export const selfService: Scene = {
  title: '自助服务区',
  background: () =>
    `<defs>${gradient('wall', '#33315f', '#242647')}</defs>` +
    '<rect width="1920" height="1080" fill="url(#wall)"/>' +
    '<rect width="1920" height="120" fill="#191a33"/>' +
    '<rect y="112" width="1920" height="14" fill="#8f7dff"/><rect y="106" width="1920" height="30" fill="#8f7dff" opacity=".55" filter="url(#soft)"/>' +
    `<g opacity=".75" filter="url(#glow)">${text(960, 262, 104, '#86d6ff', '24 小时自助服务')}</g>${text(960, 262, 104, '#e8f8ff', '24 小时自助服务')}` +
    MACHINES.map(
      ([x, screen]) =>
        `<ellipse cx="${x}" cy="560" rx="190" ry="260" fill="${screen}" fill-opacity=".34" filter="url(#soft)"/>`,
    ).join('') +
    [22, 397, 772, 1147, 1522, 1897]
      .map(
        (x) =>
          `<rect x="${x - 7}" y="360" width="14" height="460" fill="#15162c"/><rect x="${x - 2}" y="372" width="4" height="436" fill="#9a8cff" fill-opacity=".8"/>`,
      )
      .join('') +
    floor(820, 960, 340, '#3a3b66', '#23243f', '#15162b') +
    MACHINES.map(([x, screen]) => shine(x, 930, 130, 80, screen, 0.5)).join('') +
    plant(60, 900, 0.7, '#40426b') +
    VIGNETTE,
  actors: () => [
    ...MACHINES.map(([x, screen, title, rows]): Actor =>
      prop(x - 170, 370, 340, 530, kiosk(x, 872, 1.1, '#54598a', screen, title, rows)),
    ),
    visitorFromBehind(citizen(19), { x: 300, y: 982, scale: 1.06 }, 0),
    visitorFromBehind(citizen(12), { x: 1050, y: 990, scale: 1.08 }, 2),
    visitorFromBehind(citizen(7), { x: 1425, y: 976, scale: 1.04 }, 1),
    walker(citizen(1), { x: 0, y: 1056, scale: 1.14 }, 0.3),
  ],
};
