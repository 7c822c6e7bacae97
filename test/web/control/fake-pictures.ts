import sharp from 'sharp';
import type { FakeHall } from './fake-hall.js';

const hues: Readonly<Record<string, number>> = {
  lobby: 210,
  'window-a': 165,
  'window-b': 35,
  'self-service': 265,
  guidance: 190,
  tax: 340,
};

/** A hall as a child would draw it, one colour per camera; it moves with the time. */
function scene(camera: string, x: number, y: number, width: number, height: number, seconds: number): string {
  const hue = hues[camera] ?? 0;
  const people = [0, 1, 2, 3, 4].map((index) => {
    const left = x + ((((index * 0.23 + seconds * 0.02 * (1 + (index % 3))) % 1) + 1) % 1) * width;
    const scale = height * (0.1 + 0.02 * index);
    return `<g fill="hsl(${(hue + index * 50) % 360} 30% 30%)"><circle cx="${left}" cy="${y + height * 0.55}" r="${scale * 0.28}"/><rect x="${left - scale * 0.3}" y="${y + height * 0.6}" width="${scale * 0.6}" height="${scale * 1.6}" rx="${scale * 0.2}"/></g>`;
  });
  const windows = [0.06, 0.38, 0.7].map(
    (left) =>
      `<rect x="${x + width * left}" y="${y + height * 0.16}" width="${width * 0.24}" height="${height * 0.34}" fill="hsl(${hue} 40% 84%)"/>`,
  );
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="hsl(${hue} 24% 62%)"/><rect x="${x}" y="${y + height * 0.7}" width="${width}" height="${height * 0.3}" fill="hsl(${hue} 18% 46%)"/>${windows.join('')}${people.join('')}`;
}

/** Drawn once a second: what matters to the page is that pictures come, not how much they move. */
const drawn = new Map<string, Promise<Buffer>>();

/** A picture of a layout or a camera as JPEG. */
export function drawPicture(hall: FakeHall, view: string, camera: string | null, widthPx: number): Promise<Buffer> {
  const shown = [view, camera, widthPx, hall.wall.program, hall.wall.preview, hall.wall.blackout].join();
  const key = `${Math.floor(Date.now() / 1_000)} ${shown}`;
  const kept = drawn.get(key);
  if (kept !== undefined) return kept;
  if (drawn.size > 100) drawn.clear();
  const picture = draw(hall, view, camera, widthPx);
  drawn.set(key, picture);
  return picture;
}

async function draw(hall: FakeHall, view: string, camera: string | null, widthPx: number): Promise<Buffer> {
  const seconds = Date.now() / 1_000;
  const wall = hall.wall.wall;
  const aspect = camera === null ? wall.heightPx / wall.widthPx : 9 / 16;
  const heightPx = Math.round(widthPx * aspect);
  const black = view === 'program' && hall.wall.blackout;
  const id = view === 'program' ? hall.wall.program : hall.wall.preview;
  const cells = hall.wall.layouts.find((layout) => layout.id === id)?.cells ?? [];
  const [viewWidth, viewHeight] = camera === null ? [wall.widthPx, wall.heightPx] : [640, 360];
  const shapes =
    camera === null
      ? cells.map(({ source, rectangle: { x, y, widthPx: width, heightPx: height } }) =>
          source === 'ticker'
            ? `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#0b1420"/><text x="${x + width - ((seconds * 60) % width)}" y="${y + height * 0.7}" font-size="${height * 0.62}" font-family="Noto Sans CJK SC" font-weight="700" fill="#f4f1e8">当前等候 38 人 · 今日办结 2,846 件</text>`
            : scene(source, x, y, width - 2, height - 2, seconds),
        )
      : [scene(camera, 0, 0, 640, 360, seconds)];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${viewWidth} ${viewHeight}"><rect width="100%" height="100%" fill="#000"/>${black ? '' : shapes.join('')}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer();
}
