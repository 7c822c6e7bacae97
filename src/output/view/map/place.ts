import type { Rectangle, Size } from '../../../core/geometry.js';
import { chainLengthOf, type Cabinet, type Wiring } from './cabinet.js';
import type { CabinetOptions, GridOptions, MapOptions } from './options.js';

type Hung = {
  readonly rectangle: Rectangle;
  readonly wiring: Wiring;
  readonly gapBefore: number;
  readonly beginsAt: number | null;
};

/** The cabinets of a map in the order of the chain. They may not fit the area or each other: that is checked elsewhere. */
export function placeCabinets(map: MapOptions, area: Size): Cabinet[] {
  const cabinets: Cabinet[] = [];
  let end = 0;
  hang(map, area).forEach(({ rectangle, wiring, gapBefore, beginsAt }, index) => {
    const from = beginsAt ?? nextStart(end, index, map) + gapBefore;
    end = from + chainLengthOf({ rectangle, wiring });
    cabinets.push({ rectangle, wiring, from, to: end });
  });
  return cabinets;
}

function nextStart(end: number, index: number, { breaks }: MapOptions): number {
  if (breaks === undefined || index % breaks.cabinets !== 0) return end;
  return Math.ceil(end / breaks.pixels) * breaks.pixels;
}

function hang(map: MapOptions, area: Size): Hung[] {
  if (map.cabinets !== undefined) return map.cabinets.map((cabinet) => hangOne(cabinet, map));
  if (map.grid !== undefined) return hangGrid(map.grid, map, area);
  // By name: an area that is a rectangle has a place of its own, on the wall.
  const rectangle = { x: 0, y: 0, widthPx: area.widthPx, heightPx: area.heightPx };
  return [{ rectangle, wiring: wiringOf(map), gapBefore: 0, beginsAt: null }];
}

function hangOne(cabinet: CabinetOptions, map: MapOptions): Hung {
  return {
    rectangle: { x: cabinet.x, y: cabinet.y, widthPx: cabinet.width, heightPx: cabinet.height },
    wiring: {
      start: cabinet.start ?? map.start,
      direction: cabinet.direction ?? map.direction,
      serpentine: cabinet.serpentine ?? map.serpentine,
      lineGap: cabinet.lineGap ?? map.lineGap,
      rotation: cabinet.rotation ?? map.rotation,
      mirror: cabinet.mirror ?? map.mirror,
    },
    gapBefore: cabinet.gapBefore,
    beginsAt: cabinet.beginsAt ?? null,
  };
}

/** The size of each cabinet of a grid; not whole where the area cannot be divided. */
export function gridCabinetSize(grid: GridOptions, area: Size): Size {
  const share = (whole: number, from: number, count: number): number => (whole - from - grid.gap * (count - 1)) / count;
  return {
    widthPx: grid.width ?? share(area.widthPx, grid.x, grid.columns),
    heightPx: grid.height ?? share(area.heightPx, grid.y, grid.rows),
  };
}

function hangGrid(grid: GridOptions, map: MapOptions, area: Size): Hung[] {
  const size = gridCabinetSize(grid, area);
  const alongRows = grid.direction === 'rows';
  const lineCount = alongRows ? grid.rows : grid.columns;
  const lineLength = alongRows ? grid.columns : grid.rows;
  const upright = wiringOf(map);
  const turned: Wiring = { ...upright, rotation: TURNED[upright.rotation] };
  return Array.from({ length: lineCount * lineLength }, (_, index) => {
    const line = Math.floor(index / lineLength);
    const isSecond = line % 2 === 1;
    const step = index % lineLength;
    const along = grid.serpentine && isSecond ? lineLength - 1 - step : step;
    const [column, row] = alongRows ? [along, line] : [line, along];
    const seenColumn = grid.start.endsWith('right') ? grid.columns - 1 - column : column;
    const seenRow = grid.start.startsWith('bottom') ? grid.rows - 1 - row : row;
    return {
      rectangle: {
        x: grid.x + seenColumn * (size.widthPx + grid.gap),
        y: grid.y + seenRow * (size.heightPx + grid.gap),
        ...size,
      },
      wiring: grid.turned && isSecond ? turned : upright,
      gapBefore: 0,
      beginsAt: null,
    };
  });
}

const TURNED = { 0: 180, 90: 270, 180: 0, 270: 90 } as const;

function wiringOf({ start, direction, serpentine, lineGap, rotation, mirror }: MapOptions): Wiring {
  return { start, direction, serpentine, lineGap, rotation, mirror };
}
