import { describe, expect, it } from 'vitest';
import { en } from '../../../src/web/control/i18n/en/index.js';
import { zhCn } from '../../../src/web/control/i18n/zh-cn/index.js';
import { shortcutOf } from '../../../src/web/control/keys/shortcut.js';
import { fitLabel } from '../../../src/web/control/parts/cell-label.js';
import { problemsOf } from '../../../src/web/control/state/health.js';
import { hashOf, placeOf } from '../../../src/web/control/state/place.js';
import { readTicker } from '../../../src/web/control/state/ticker-text.js';
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
    for (const code of ['Digit0', 'Numpad0', 'Enter', 'KeyA', 'Slash']) expect(actionOf(code), code).toBeNull();
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
    expect(actionOf('Space', { focus: 'control' })).toBeNull();
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

describe('labels of cells', () => {
  it('take two lines where that is larger, and are cut short where nothing fits', () => {
    expect(fitLabel('大厅', 640, 492, 60, 90)).toEqual({ lines: ['大厅'], fontSize: 90 });
    expect(fitLabel('综合窗口 A 区', 320, 246, 40, 90)?.lines).toEqual(['综合窗口', 'A 区']);
    expect(fitLabel('综合窗口 A 区', 200, 80, 60, 90)?.lines).toEqual(['综合…']);
    expect(fitLabel('大厅', 960, 48, 60, 90)).toBeNull();
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
