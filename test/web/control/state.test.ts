import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { en } from '../../../src/web/control/i18n/en/index.js';
import { zhCn } from '../../../src/web/control/i18n/zh-cn/index.js';
import { shortcutOf } from '../../../src/web/control/keys/shortcut.js';
import { auditWords } from '../../../src/web/control/state/audit-words.js';
import { cellName, fullScreenLayout, inReadingOrder, layoutName } from '../../../src/web/control/state/cells.js';
import { createHall, layoutOf } from '../../../src/web/control/state/hall.js';
import { problemsOf } from '../../../src/web/control/state/health.js';
import { hashOf, placeOf } from '../../../src/web/control/state/place.js';
import { readTicker } from '../../../src/web/control/state/ticker-text.js';
import { fakeEntries } from './fake-audit.js';
import { createFakeHall } from './fake-hall.js';

describe('keys', () => {
  const press = {
    code: '',
    repeat: false,
    isComposing: false,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    shiftKey: false,
  };
  const actionOf = (code: string, more: object = {}) => shortcutOf({ ...press, focus: 'none', code, ...more });

  it('go by their place on the keyboard', () => {
    expect(actionOf('Digit1')).toEqual({ kind: 'select', position: 0 });
    expect(actionOf('Numpad9')).toEqual({ kind: 'select', position: 8 });
    expect(actionOf('Space')).toEqual({ kind: 'cut' });
    expect(actionOf('KeyB')).toEqual({ kind: 'blackout' });
    expect(actionOf('KeyF')).toEqual({ kind: 'freeze' });
    expect(actionOf('Slash', { shiftKey: true })).toEqual({ kind: 'help' });
    expect(actionOf('Enter')).toEqual({ kind: 'auto' });
    expect(actionOf('KeyU')).toEqual({ kind: 'undo' });
    for (const code of ['Digit0', 'Numpad0', 'KeyA', 'Slash']) expect(actionOf(code), code).toBeNull();
  });

  it('mean nothing with modifiers, repeated, composed, or in a text', () => {
    for (const more of [
      { ctrlKey: true },
      { altKey: true },
      { metaKey: true },
      { shiftKey: true },
      { repeat: true },
      { isComposing: true },
      { focus: 'text' },
    ]) {
      expect(actionOf('Digit1', more), JSON.stringify(more)).toBeNull();
    }
    for (const code of ['Space', 'Enter']) expect(actionOf(code, { focus: 'control' }), code).toBeNull();
    expect(actionOf('Digit1', { focus: 'control' })).toEqual({ kind: 'select', position: 0 });
  });
});

describe('health', () => {
  const area = { x: 0, y: 0, widthPx: 960, heightPx: 540 };
  const covered = { coveredCells: ['lobby'], coveredCameras: ['lobby'] };
  const times = { sinceMs: 0, endsAtMs: 60_000 };
  const testPattern = { pattern: 'red', target: { kind: 'wall' as const }, area, by: '李', ...times, ...covered };

  const problems = (change: (hall: ReturnType<typeof createFakeHall>) => void) => {
    const hall = createFakeHall();
    change(hall);
    const { statistics, ...wall } = hall.wall;
    const tiles = hall.tiles.map((value) => ({ value, receivedAtMs: 0 }));
    return problemsOf(wall, statistics, tiles, hall.counts, hall.outputs, hall.controllers).map(
      ({ level, kind }) => `${level} ${kind}`,
    );
  };

  it('is calm only when all is well', () => {
    expect(problems(() => undefined)).toEqual([]);
    expect(problems((hall) => (hall.wall.statistics.ticking = false))).toEqual(['alarm wall-not-ticking']);
    expect(problems((hall) => (hall.wall.statistics.ticksPerSecond = 12))).toEqual(['alarm wall-slow']);
    expect(problems((hall) => (hall.tiles[0]!.state = 'stale'))).toEqual(['alarm tile-on-air']);
    expect(problems((hall) => (hall.tiles[4]!.state = 'retrying'))).toEqual(['warning tile-hidden']);
    expect(problems((hall) => (hall.counts[0]!.state = 'stale'))).toEqual(['warning count-old']);
    expect(problems((hall) => (hall.outputs[0]!.reachability.state = 'unreachable'))).toEqual([
      'alarm output-unreachable',
    ]);
    const black = { code: 'black', wanted: false, reported: true, sinceMs: 0 } as const;
    expect(problems((hall) => hall.controllers[0]!.alarms.push(black))).toEqual(['alarm controller-differs']);
    const hot = { code: 'temperature', wanted: 75, reported: 80, sinceMs: 0 } as const;
    expect(problems((hall) => hall.controllers[0]!.alarms.push(hot))).toEqual(['warning controller-differs']);
    expect(problems((hall) => (hall.controllers[0]!.reason = 'slow'))).toEqual(['warning controller-silent']);
    expect(problems((hall) => (hall.wall.blackout = true))).toEqual(['warning blackout']);
    expect(problems((hall) => (hall.wall.freeze = true))).toEqual(['warning freeze']);
    expect(problems((hall) => (hall.wall.testPattern = testPattern))).toEqual(['warning test-pattern']);
  });

  it('names the worst first', () => {
    const found = problems((hall) => {
      hall.counts[0]!.state = 'failed';
      hall.tiles[4]!.state = 'retrying';
      hall.tiles[0]!.state = 'retrying';
    });
    expect(found).toEqual(['alarm tile-on-air', 'warning tile-hidden', 'warning count-old']);
  });
});

describe('ticker text', () => {
  const { counts } = createFakeHall();

  it('reads as on the wall: grouped numbers, a dash for what is missing', () => {
    const reading = readTicker('办结 {queue.done} 件，{queue.nobody} {{x}}', counts);
    expect(reading).toEqual({
      kind: 'pieces',
      pieces: [
        { kind: 'words', text: '办结 ' },
        { kind: 'count', field: 'queue.done', known: true, text: '2,846' },
        { kind: 'words', text: ' 件，' },
        { kind: 'count', field: 'queue.nobody', known: false, text: '—' },
        { kind: 'words', text: ' {x}' },
      ],
    });
  });

  it('says what is wrong and where', () => {
    expect(readTicker('ab {queue.done', counts)).toEqual({ kind: 'mistake', reason: 'unclosed-brace', position: 3 });
  });
});

describe('names', () => {
  const { wall, tiles } = createFakeHall();
  const received = tiles.map((value) => ({ value, receivedAtMs: 0 }));
  const hall = { ...createHall(), wall: signal(wall), tiles: signal(received) };

  it('are given to cells by their place and what they show, and to the layout of a single camera by the camera', () => {
    const four = layoutOf(wall, 'four')!;
    const names = inReadingOrder(four).map((cell) => cellName(four, cell, hall, zhCn));
    expect(names.slice(0, 2)).toEqual(['第 1 格 · 综合窗口 A 区', '第 2 格 · 综合窗口 B 区']);
    expect(names.at(-1)).toBe('第 5 格 · 滚动字幕');
    expect(layoutName(fullScreenLayout(wall, 'tax')!, received, zhCn)).toBe('税务窗口 · 全屏');
  });
});

describe('audit entries', () => {
  it('are told in words', () => {
    const said = fakeEntries.map((entry) => auditWords(entry.kind, entry, zhCn));
    expect(said).toEqual([
      '切换',
      '四分屏',
      '税务窗口 · 重新连接中 · 超时无数据',
      '切换 · 被拒绝：您的角色没有此权限',
      '开',
    ]);
  });
});

describe('places', () => {
  it('stand in the address, and are read from it again', () => {
    for (const detail of [null, 'four', '大厅/1']) {
      const place = { view: 'layouts', detail } as const;
      expect(placeOf(hashOf(place))).toEqual(place);
    }
    expect(hashOf({ view: 'wall', detail: null })).toBe('#/wall');
  });

  it('lead to the first view where the address makes no sense', () => {
    for (const hash of ['', '#', '#/', '#/nowhere', '#/constructor', '#/wall/a/b']) {
      expect(placeOf(hash), hash).toEqual({ view: 'operate', detail: null });
    }
    expect(placeOf('#/layouts/%E5%A4')).toEqual({ view: 'layouts', detail: null });
  });
});

describe('dictionaries', () => {
  /** Every text of a dictionary with its place; functions are called with plain values. */
  const textsOf = (value: unknown, place = ''): [string, string][] => {
    if (typeof value === 'string') return [[place, value]];
    if (typeof value === 'function') return [[place, String((value as (...given: unknown[]) => unknown)(1, 2))]];
    return Object.entries(value as object).flatMap(([key, inner]) => textsOf(inner, `${place}.${key}`));
  };

  it('have words at the same places, none of them empty', () => {
    expect(textsOf(en).map(([place]) => place)).toEqual(textsOf(zhCn).map(([place]) => place));
    for (const [place, text] of [...textsOf(en), ...textsOf(zhCn)]) expect(text.trim(), place).not.toBe('');
  });

  it('keep their languages apart', () => {
    for (const [place, text] of textsOf(en)) {
      if (!place.startsWith('.language.'))
        expect(/[\u3000-\u9fff\uff00-\uffef]/.test(text), `${place}: ${text}`).toBe(false);
    }
  });
});
