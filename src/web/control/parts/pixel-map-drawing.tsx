import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useDesk } from '../desk.js';
import type { PixelMap, Wall } from '../state/hall.js';
import './pixel-map-drawing.css';

type Cabinet = PixelMap['cabinets'][number];
type Place = Cabinet['first'];

/** The largest and the smallest type of a cabinet's number, pixels on the page: below, it is left out. */
const LARGEST_TYPE_PX = 18;
const SMALLEST_TYPE_PX = 9;
/** The chain is drawn so far inside its cabinet, that it is not taken for an edge; pixels on the page. */
const INSET_PX = 9;

/**
 * The cabinets of all outputs over a picture of the wall: their edges, their numbers, and the chain from its start (a ring)
 * along the first line of each cabinet and on to the next (arrows).
 */
export function PixelMapDrawing({ wall, maps }: { readonly wall: Wall; readonly maps: readonly PixelMap[] }) {
  const { texts } = useDesk();
  const { widthPx, heightPx } = wall.wall;
  const drawing = useRef<SVGSVGElement>(null);
  /** One pixel of the page in wall pixels. */
  const pixel = useSignal(widthPx / 480);

  useEffect(() => {
    const svg = drawing.current;
    if (svg === null) return undefined;
    const observer = new ResizeObserver(() => {
      const shownPx = Math.min(svg.clientWidth, (svg.clientHeight * widthPx) / heightPx);
      if (shownPx > 0) pixel.value = widthPx / shownPx;
    });
    observer.observe(svg);
    return () => observer.disconnect();
  }, [pixel, widthPx, heightPx]);

  const words = texts.value.outputs;
  return (
    <svg
      ref={drawing}
      class="pixel-map"
      viewBox={`0 0 ${widthPx} ${heightPx}`}
      role="img"
      aria-label={maps.map(({ output, cabinets }) => words.mapOf(output, cabinets.length)).join('; ')}
    >
      <defs>
        <marker
          id="pixel-map-arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth={9 * pixel.value}
          markerHeight={9 * pixel.value}
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0 0 8 4 0 8Z" />
        </marker>
      </defs>
      {maps.map((map) => (
        <DrawnMap key={map.output} map={map} pixel={pixel.value} />
      ))}
    </svg>
  );
}

function DrawnMap({ map, pixel }: { readonly map: PixelMap; readonly pixel: number }) {
  const { area, cabinets, output } = map;
  const [first] = cabinets;
  return (
    <g class="drawn-map">
      {first === undefined && <Edge {...area} pixel={pixel} isDashed />}
      {first === undefined && <Plate words={output} where={middleOf(area)} typePx={14} pixel={pixel} />}
      {cabinets.map(({ number, rectangle }) => (
        <Edge key={number} {...rectangle} pixel={pixel} />
      ))}
      {cabinets.map((cabinet, index) => (
        <Course key={cabinet.number} cabinet={cabinet} next={cabinets[index + 1] ?? null} pixel={pixel} />
      ))}
      {first !== undefined && <Start {...inside(first.first, first, pixel)} pixel={pixel} />}
      {cabinets.map((cabinet) => {
        const typePx = typeOf(cabinet, pixel);
        return typePx < SMALLEST_TYPE_PX ? null : (
          <Plate
            key={cabinet.number}
            words={String(cabinet.number)}
            where={middleOf(cabinet.rectangle)}
            typePx={typePx}
            pixel={pixel}
          />
        );
      })}
    </g>
  );
}

/** A line's width inside, so that those of two neighbours stand side by side. Dark beneath, so that it is seen on any picture. */
function Edge(props: PixelMap['area'] & { readonly pixel: number; readonly isDashed?: boolean }) {
  const { x, y, widthPx, heightPx, pixel } = props;
  const place = {
    x: x + pixel,
    y: y + pixel,
    width: Math.max(0, widthPx - 2 * pixel),
    height: Math.max(0, heightPx - 2 * pixel),
  };
  return (
    <>
      <rect class="drawn-shade" {...place} />
      <rect class={`drawn-edge ${props.isDashed === true ? 'is-dashed' : ''}`} {...place} />
    </>
  );
}

function Start({ x, y, pixel }: Place & { readonly pixel: number }) {
  return <circle class="drawn-start" cx={x} cy={y} r={5 * pixel} />;
}

/** The first line of a cabinet, and the way to the next one. */
function Course(props: { readonly cabinet: Cabinet; readonly next: Cabinet | null; readonly pixel: number }) {
  const { cabinet, next, pixel } = props;
  const first = inside(cabinet.first, cabinet, pixel);
  return (
    <g class="drawn-course">
      <Line from={first} to={inside(cabinet.lineEnd, cabinet, pixel)} kind="drawn-line" />
      {next !== null && (
        <Line from={inside(cabinet.last, cabinet, pixel)} to={inside(next.first, next, pixel)} kind="drawn-link" />
      )}
    </g>
  );
}

/** A place in a cabinet, moved away from its edges. */
function inside({ x, y }: Place, { rectangle }: Cabinet, pixel: number): Place {
  const clamp = (value: number, from: number, length: number): number => {
    const inset = Math.min(INSET_PX * pixel, length / 4);
    return Math.min(from + length - inset, Math.max(from + inset, value + 0.5));
  };
  return { x: clamp(x, rectangle.x, rectangle.widthPx), y: clamp(y, rectangle.y, rectangle.heightPx) };
}

function Line({ from, to, kind }: { readonly from: Place; readonly to: Place; readonly kind: string }) {
  const ends = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
  return (
    <>
      <line class="drawn-shade" {...ends} />
      <line class={kind} {...ends} marker-end="url(#pixel-map-arrow)" />
    </>
  );
}

function Plate(props: {
  readonly words: string;
  readonly where: Place;
  readonly typePx: number;
  readonly pixel: number;
}) {
  const { words, where, typePx, pixel } = props;
  const height = typePx * 1.25 * pixel;
  const width = (words.length * 0.62 + 0.6) * typePx * pixel;
  return (
    <g class="drawn-plate">
      <rect x={where.x - width / 2} y={where.y - height / 2} width={width} height={height} rx={3 * pixel} />
      <text x={where.x} y={where.y} font-size={typePx * pixel}>
        {words}
      </text>
    </g>
  );
}

function typeOf({ number, rectangle }: Cabinet, pixel: number): number {
  const fitting = Math.min(rectangle.heightPx / 2, rectangle.widthPx / (String(number).length + 1)) / pixel;
  return Math.min(LARGEST_TYPE_PX, fitting);
}

function middleOf({ x, y, widthPx, heightPx }: PixelMap['area']): Place {
  return { x: x + widthPx / 2, y: y + heightPx / 2 };
}
