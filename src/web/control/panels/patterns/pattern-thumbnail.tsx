import type { JSX } from 'preact';

/*
 * Small drawings of test pictures. Their colours are those of the pictures, in no theme: a red that followed the theme
 * would not be the red that comes on the wall.
 */

const WIDTH = 32;
const HEIGHT = 18;
const BAR_COLOURS = ['white', 'yellow', 'cyan', 'lime', 'magenta', 'red', 'blue', 'black'] as const;
const SOLID: Readonly<Record<string, string>> = {
  red: 'red',
  green: 'lime',
  blue: 'blue',
  cyan: 'cyan',
  magenta: 'magenta',
  yellow: 'yellow',
  white: 'white',
  black: 'black',
};
const RAMP: Readonly<Record<string, string>> = { grey: 'white', red: 'red', green: 'lime', blue: 'blue' };

/** A drawing of the pattern of this name; none where it is not known here. */
export function PatternThumbnail({ name }: { readonly name: string }) {
  return (
    <svg class="pattern-thumbnail" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
      <rect width={WIDTH} height={HEIGHT} fill="black" />
      {drawingOf(name)}
    </svg>
  );
}

function drawingOf(name: string): JSX.Element | readonly JSX.Element[] | null {
  const solid = SOLID[name];
  if (solid !== undefined) return <Fill colour={solid} />;
  const [kind = '', detail = '', way = ''] = name.split('-');
  switch (kind) {
    case 'grey':
      return <Fill colour={grey(Number(detail) / 100)} />;
    case 'ramp':
      return <Ramp id={`thumbnail-${name}`} colour={RAMP[detail] ?? 'white'} isVertical={way === 'vertical'} />;
    case 'low':
      return steps(8).map((step) => <Column key={step} index={step} of={8} colour={grey(0.04 + step * 0.025)} />);
    case 'moving':
      return detail === 'row' ? (
        <rect y={7} width={WIDTH} height={2} fill="white" />
      ) : (
        <rect x={14} width={2} height={HEIGHT} fill="white" />
      );
    case 'checkerboard':
      return <Checks sizePx={detail === '16' ? 6 : detail === '2' ? 3 : 1.5} />;
    case 'cross':
      return <Lines spacing={4.5} />;
    case 'diagonal':
      return steps(9).map((step) => (
        <line key={step} x1={step * 6 - 18} y1={HEIGHT} x2={step * 6} y2={0} stroke="white" stroke-width={0.8} />
      ));
    case 'colour':
      return BAR_COLOURS.map((colour, index) => <Column key={colour} index={index} of={8} colour={colour} />);
    case 'grid':
      return <Lines spacing={6} />;
    case 'cabinet':
      return [<Lines key="edges" spacing={9} />, <Words key="number" words="1 ↑" />];
    case 'frame':
      return <Words words="0:00" />;
    case 'latency':
      return <rect x={11} y={4} width={10} height={10} fill="white" />;
    default:
      return null;
  }
}

function Fill({ colour }: { readonly colour: string }) {
  return <rect width={WIDTH} height={HEIGHT} fill={colour} />;
}

function Column({ index, of, colour }: { readonly index: number; readonly of: number; readonly colour: string }) {
  return <rect x={(index * WIDTH) / of} width={WIDTH / of + 0.05} height={HEIGHT} fill={colour} />;
}

function Ramp(props: { readonly id: string; readonly colour: string; readonly isVertical: boolean }) {
  const end = props.isVertical ? { x2: 0, y2: 1 } : { x2: 1, y2: 0 };
  return (
    <>
      <linearGradient id={props.id} x1={0} y1={0} {...end}>
        <stop offset="0" stop-color="black" />
        <stop offset="1" stop-color={props.colour} />
      </linearGradient>
      <rect width={WIDTH} height={HEIGHT} fill={`url(#${props.id})`} />
    </>
  );
}

function Checks({ sizePx }: { readonly sizePx: number }) {
  const columns = Math.ceil(WIDTH / sizePx);
  const rows = Math.ceil(HEIGHT / sizePx);
  const path = steps(rows)
    .flatMap((row) =>
      steps(columns)
        .filter((column) => (row + column) % 2 === 0)
        .map((column) => `M${column * sizePx} ${row * sizePx}h${sizePx}v${sizePx}h-${sizePx}z`),
    )
    .join('');
  return <path d={path} fill="white" />;
}

function Lines({ spacing }: { readonly spacing: number }) {
  const down = steps(Math.floor(WIDTH / spacing) + 1).map((step) => `M${step * spacing} 0V${HEIGHT}`);
  const across = steps(Math.floor(HEIGHT / spacing) + 1).map((step) => `M0 ${step * spacing}H${WIDTH}`);
  return <path d={[...down, ...across].join('')} stroke="white" stroke-width={0.7} fill="none" />;
}

function Words({ words }: { readonly words: string }) {
  return (
    <text
      x={WIDTH / 2}
      y={HEIGHT / 2 + 0.5}
      fill="white"
      font-size={9}
      dominant-baseline="central"
      text-anchor="middle"
    >
      {words}
    </text>
  );
}

function grey(share: number): string {
  const level = Math.round(share * 255);
  return `rgb(${level} ${level} ${level})`;
}

function steps(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
