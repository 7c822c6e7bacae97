import type { VendorResponse } from '../../../src/control/vendor.js';
import type { FakeHall } from './fake-hall.js';

type Fields = Record<string, unknown>;

/** What our own requests that only ask are answered. @returns null for a request that changes something */
export function answerQuestion(hall: FakeHall, type: string, data: Fields): Fields | null {
  if (type === 'GetWall') return hall.wall;
  if (type === 'GetTiles') return { tiles: hall.tiles };
  if (type === 'GetCounts') return { counts: hall.counts };
  if (type === 'GetPixelMaps') return { pixelMaps: hall.pixelMaps };
  if (type === 'GetControllers') return { controllers: hall.controllers };
  if (type === 'GetProgramme') return programmeOf(hall);
  if (type === 'GetLayouts') return layoutsOf(hall);
  if (type === 'GetLayoutDrafts') return draftsOf(hall);
  if (type === 'GetOutputs') return { outputs: hall.outputs };
  if (type === 'GetBrightness') return hall.brightness;
  if (type === 'GetTestPatterns') return { patterns: hall.patterns };
  if (type === 'GetSchedule') {
    const date = typeof data['date'] === 'string' ? data['date'] : ([...hall.days.keys()][0] ?? '');
    return { day: hall.days.get(date) ?? null };
  }
  return null;
}

/** The layouts of the configuration, and what each is needed for. */
function layoutsOf({ wall }: FakeHall): VendorResponse<'GetLayouts'> {
  return {
    file: { name: 'hall.yaml', revision: 'first', problem: null },
    layouts: wall.layouts
      .filter(({ fullScreenOf }) => fullScreenOf === null)
      .map(({ id, name, cells }) => ({
        id,
        name,
        cells: cells.map(({ id: cell, source, rectangle, z, fit }) => ({ id: cell, source, rectangle, z, fit })),
        drawn: id === 'one-and-two',
        uses: id === wall.program ? [{ kind: 'program' as const, name: null }] : [],
      })),
  };
}

function draftsOf(hall: FakeHall): VendorResponse<'GetLayoutDrafts'> {
  const [layout] = layoutsOf(hall).layouts;
  if (layout === undefined) return { drafts: [] };
  const { id, name, cells } = layout;
  return {
    drafts: [
      { id: 'idea', replaces: null, savedAtMs: Date.now(), by: '李', layout: { id, name: `${name}（草稿）`, cells } },
    ],
  };
}

/** What the configuration says of tours and schedule: each kind of rule. */
function programmeOf({ wall: { tours } }: FakeHall): VendorResponse<'GetProgramme'> {
  const rule = { name: null, days: [], from: null, to: null };
  return {
    file: { name: 'hall.yaml', revision: 'first', problem: null },
    tours: tours.map((tour) => ({ ...tour, skipDead: true, uses: [{ kind: 'schedule', name: '办公时间' }] })),
    schedule: {
      hasHours: true,
      rules: [
        { ...rule, name: '国庆', when: 'holiday', from: '2026-10-01', to: '2026-10-07', show: 'lobby-full' },
        { ...rule, name: '办公时间', when: 'open', days: ['monday-friday'], show: 'windows-tour' },
        { ...rule, name: '午休', when: '12:00-13:30', days: ['working-days'], show: 'six' },
        { ...rule, when: '30m before opening', show: 'picture-in-picture' },
        { ...rule, name: '整点', when: 'cron 0 9-16 * * 1-5 for 2m', show: 'lobby-full' },
      ],
      otherwise: 'lobby-full',
    },
  };
}

/** Does to the hall what a request of ours asks for. */
export function changeHall(hall: FakeHall, type: string, data: Fields): void {
  if (type === 'SetTicker') hall.wall.tickerText = String(data['text']);
  const reasonOf = (before: string | null): string | null =>
    data['on'] !== true ? null : typeof data['reason'] === 'string' ? data['reason'] : before;
  if (type === 'SetBlackout') {
    hall.wall.blackout = data['on'] === true;
    hall.wall.blackoutReason = reasonOf(hall.wall.blackoutReason);
  }
  if (type === 'SetFreeze') {
    hall.wall.freeze = data['on'] === true;
    hall.wall.freezeReason = reasonOf(hall.wall.freezeReason);
  }
  if (type === 'SetBrightness') {
    hall.brightness.wishPercent = hall.wall.brightness = data['percent'] as number | null;
  }
  if (type === 'StartTour') hall.wall.automation = { mode: 'tour', tour: String(data['tour']) };
  if (type === 'Hold') hall.wall.automation = { mode: 'manual', untilMs: (data['untilMs'] ?? null) as number | null };
  if (type === 'FollowSchedule') hall.wall.automation = { mode: 'schedule' };
  if (type === 'ShowUrgentMessage') {
    hall.wall.urgentMessage = { text: String(data['text']), untilMs: Number(data['untilMs']) };
  }
  if (type === 'EndUrgentMessage') hall.wall.urgentMessage = null;
  if (type === 'StopTestPattern') hall.wall.testPattern = null;
  if (type === 'ShowTestPattern') {
    hall.wall.testPattern = {
      pattern: String(data['pattern']),
      target: data['target'] as NonNullable<typeof hall.wall.testPattern>['target'],
      area: { x: 0, y: 0, widthPx: 960, heightPx: 540 },
      sinceMs: Date.now(),
      endsAtMs: Date.now() + Number(data['seconds']) * 1_000,
      by: '李',
      coveredCells: [],
      coveredCameras: [],
    };
  }
  if (type === 'Undo') hall.wall.undo = null;
  if (type === 'SetCellSource') {
    const cell = cellOf(hall, data);
    if (cell !== undefined) cell.source = String(data['source']);
  }
  if (type === 'SetCellEnabled') {
    const cell = cellOf(hall, data);
    if (cell !== undefined) cell.enabled = data['enabled'] === true;
  }
}

function cellOf({ wall }: FakeHall, data: Fields): FakeHall['wall']['layouts'][number]['cells'][number] | undefined {
  return wall.layouts.find(({ id }) => id === data['layout'])?.cells.find(({ id }) => id === data['cell']);
}
