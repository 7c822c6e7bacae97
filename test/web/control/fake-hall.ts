import type { vendorEvents, VendorResponse } from '../../../src/control/vendor.js';
import type { z } from 'zod';
import { nightBrightness, type Brightness } from './fake-brightness.js';
import { week, type Day } from './fake-days.js';

type Wall = z.output<typeof vendorEvents.WallChanged>;
type Tile = z.output<typeof vendorEvents.TileChanged>;
type Count = z.output<typeof vendorEvents.CountChanged>;
type Output = z.output<typeof vendorEvents.OutputChanged>;
type Controller = z.output<typeof vendorEvents.ControllerChanged>;
type PixelMap = VendorResponse<'GetPixelMaps'>['pixelMaps'][number];

/** What the fake server knows; tests change it and send events about it. */
export type FakeHall = {
  wall: Wall;
  tiles: Tile[];
  counts: Count[];
  outputs: Output[];
  controllers: Controller[];
  pixelMaps: PixelMap[];
  brightness: Brightness;
  patterns: string[];
  /** By date; any other date has none. */
  days: Map<string, Day>;
};

const cameraNames: readonly (readonly [string, string])[] = [
  ['lobby', '大厅'],
  ['window-a', '综合窗口 A 区'],
  ['window-b', '综合窗口 B 区'],
  ['self-service', '自助服务区'],
  ['guidance', '咨询导办台'],
  ['tax', '税务窗口'],
];

type Place = readonly [id: string, source: string, x: number, y: number, widthPx: number, heightPx: number, z?: number];

function layout(id: string, name: string, places: readonly Place[]): Wall['layouts'][number] {
  const cells = places.map(([cell, source, x, y, widthPx, heightPx, z = 0]) => ({
    id: cell,
    source,
    enabled: true,
    rectangle: { x, y, widthPx, heightPx },
    z,
    fit: 'cover' as const,
  }));
  return { id, name, fullScreenOf: null, cells };
}

const ticker: Place = ['ticker', 'ticker', 0, 492, 960, 48];

/** As the service adds one for each camera. */
function fullScreen([camera, name]: readonly [string, string]): Wall['layouts'][number] {
  const cells: readonly Place[] = [['camera', camera, 0, 0, 960, 540]];
  return { ...layout(`full-screen:${camera}`, `${name}（全屏）`, cells), fullScreenOf: camera };
}

/** A hall with six cameras, five layouts, two count sources and one output, all well. */
export function createFakeHall(): FakeHall {
  const nowMs = Date.now();
  return {
    wall: {
      wall: {
        ...{ name: '政务服务中心西墙', widthPx: 960, heightPx: 540, framesPerSecond: 25 },
        ...{ timeZone: 'Asia/Shanghai', rehearsal: true },
      },
      revision: 1,
      testPattern: null,
      studioMode: true,
      program: 'one-and-two',
      preview: 'four',
      layouts: [
        layout('one-and-two', '大厅与窗口', [
          ['lobby', 'lobby', 0, 0, 640, 492],
          ['window-a', 'window-a', 640, 0, 320, 246],
          ['window-b', 'window-b', 640, 246, 320, 246],
          ticker,
        ]),
        layout('four', '四分屏', [
          ['north-west', 'window-a', 0, 0, 480, 246],
          ['north-east', 'window-b', 480, 0, 480, 246],
          ['south-west', 'self-service', 0, 246, 480, 246],
          ['south-east', 'tax', 480, 246, 480, 246],
          ticker,
        ]),
        layout('lobby-full', '大厅全景', [['lobby', 'lobby', 0, 0, 960, 492], ticker]),
        layout('picture-in-picture', '画中画', [
          ['cell-1', 'guidance', 0, 0, 960, 540],
          ['cell-2', 'window-a', 653, 22, 269, 151, 1],
        ]),
        layout('six', '六窗口总览', [
          ['cell-1', 'lobby', 0, 0, 320, 246],
          ['cell-2', 'window-a', 320, 0, 320, 246],
          ['cell-3', 'window-b', 640, 0, 320, 246],
          ['cell-4', 'self-service', 0, 246, 320, 246],
          ['cell-5', 'guidance', 320, 246, 320, 246],
          ['cell-6', 'tax', 640, 246, 320, 246],
          ticker,
        ]),
        ...cameraNames.map(fullScreen),
      ],
      sources: [
        { id: 'queue-board', kind: 'board', name: '窗口动态' },
        { id: 'ticker', kind: 'ticker', name: null },
        { id: 'clock', kind: 'clock', name: null },
      ],
      tickerText:
        '当前等候 {queue.waiting} 人 · 正在办理 {queue.serving} · 今日办结 {queue.done} 件 · 监督电话 0813-0000000',
      urgentMessage: null,
      transition: 'cut',
      fadeMs: 500,
      blackout: false,
      blackoutReason: null,
      brightness: null,
      freeze: false,
      freezeReason: null,
      automation: { mode: 'manual', untilMs: null },
      tours: [
        {
          id: 'windows-tour',
          name: '窗口巡览',
          stops: [
            { layout: 'one-and-two', dwellMs: 20_000 },
            { layout: 'four', dwellMs: 15_000 },
            { layout: 'picture-in-picture', dwellMs: 15_000 },
          ],
        },
      ],
      agenda: { running: null, scheduled: null, scheduledNext: null, next: null },
      undo: null,
      statistics: { ticks: 90_000, missedTicks: 0, ticksPerSecond: 25, ticking: true, startedAtMs: nowMs - 3_600_000 },
    },
    tiles: cameraNames.map(([camera, name]) => ({
      camera,
      name,
      state: 'live',
      reason: null,
      attempt: 0,
      nextTryAtMs: null,
      sinceMs: 1_700_000_000_000,
      slate: false,
      lastLiveAtMs: null,
      ageMs: 40,
      stream: { name: 'sub', widthPx: 640, heightPx: 360, codec: 'avc1.64001e' },
      ptz: camera === 'lobby' ? { isMoving: false, reason: null } : null,
      onAir: ['lobby', 'window-a', 'window-b'].includes(camera),
      onPreview: ['window-a', 'window-b', 'self-service', 'tax'].includes(camera),
    })),
    counts: [
      {
        id: 'queue',
        state: 'fresh',
        reason: null,
        values: { waiting: 38, serving: 'A1127', done: 2846, average: 12 },
        readAtMs: nowMs,
      },
      { id: 'cases', state: 'fresh', reason: null, values: { month: 71_204 }, readAtMs: nowMs },
    ],
    outputs: [
      {
        output: 'screen',
        type: 'ddp',
        address: 'ddp://192.0.2.60:4048',
        reachability: { state: 'reachable', reason: null, detail: 'Minleon NDB, firmware 2.1' },
        frames: 90_000,
        droppedFrames: 0,
      },
    ],
    controllers: [
      {
        controller: 'cabinets',
        type: 'novastar',
        address: 'novastar://192.0.2.70:5200',
        outputs: ['screen'],
        state: 'answering',
        reason: null,
        sinceMs: nowMs,
        wanted: { picture: 'normal', brightnessPercent: 30 },
        reading: {
          input: null,
          black: false,
          freeze: false,
          testPicture: false,
          brightnessPercent: 30,
          cabinets: { ok: 12, total: 12 },
          temperatureCelsius: 41,
          voltageVolts: 4.3,
          link: true,
          detail: 'NovaStar',
        },
        alarms: [],
        repairs: 0,
      },
    ],
    brightness: nightBrightness(),
    patterns: ['cabinet-numbers', 'grid', 'red', 'ramp-grey-horizontal', 'checkerboard-16', 'frame-counter'],
    days: week(),
    pixelMaps: [cabinetMap(), { output: 'side', area: sideArea, chainLengthPx: 129_600, cabinets: [] }],
  };
}

const sideArea = { x: 720, y: 0, widthPx: 240, heightPx: 540 };

/** Twelve cabinets of 180×180, chained row by row there and back, each wired in columns from its bottom left corner. */
function cabinetMap(): PixelMap {
  const cabinets = Array.from({ length: 12 }, (_, index) => {
    const row = Math.floor(index / 4);
    const x = (row % 2 === 0 ? index % 4 : 3 - (index % 4)) * 180;
    const y = row * 180;
    return {
      number: index + 1,
      rectangle: { x, y, widthPx: 180, heightPx: 180 },
      rotation: 270 as const,
      mirror: 'none' as const,
      from: index * 32_400,
      to: (index + 1) * 32_400,
      first: { x, y: y + 179 },
      lineEnd: { x, y },
      last: { x: x + 179, y: y + 179 },
    };
  });
  return {
    output: 'screen',
    area: { x: 0, y: 0, widthPx: 720, heightPx: 540 },
    chainLengthPx: 388_800,
    cabinets,
  };
}

/** Says which cameras are on air and prepared, as the layouts have it. */
export function markTiles(hall: FakeHall): void {
  const sourcesOf = (id: string): readonly string[] =>
    hall.wall.layouts.find((one) => one.id === id)?.cells.map(({ source }) => source) ?? [];
  const onAir = sourcesOf(hall.wall.program);
  const onPreview = sourcesOf(hall.wall.preview);
  hall.tiles = hall.tiles.map((tile) => ({
    ...tile,
    onAir: onAir.includes(tile.camera),
    onPreview: onPreview.includes(tile.camera),
  }));
}
