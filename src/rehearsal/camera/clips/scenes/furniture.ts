/** What stands in a service hall, as SVG in pixels of the scene. */
import { shade } from './limbs.js';

/** The font of everything that is written in the pictures. */
export const FONT = 'font-family="Noto Sans CJK SC, sans-serif"';

/** Gradients and filters that furniture uses; once per SVG. */
export const FURNITURE_DEFINITIONS =
  '<filter id="soft" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="18"/></filter>' +
  '<filter id="glow" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="7"/></filter>' +
  '<radialGradient id="vignette" cx=".5" cy=".46" r=".75"><stop offset=".55" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".42"/></radialGradient>' +
  '<linearGradient id="glass" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".3"/><stop offset=".4" stop-color="#dff0ff" stop-opacity=".06"/><stop offset=".55" stop-color="#fff" stop-opacity=".2"/><stop offset="1" stop-color="#dff0ff" stop-opacity=".07"/></linearGradient>' +
  '<linearGradient id="gloss" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".22"/><stop offset=".5" stop-color="#fff" stop-opacity=".03"/><stop offset="1" stop-color="#000" stop-opacity=".22"/></linearGradient>';

/** A vertical run of colour. */
export function gradient(id: string, top: string, bottom: string): string {
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient>`;
}

/** A tiled floor that runs to a vanishing point. */
export function floor(
  top: number,
  vanishingX: number,
  vanishingY: number,
  far: string,
  near: string,
  joint: string,
): string {
  const rays = Array.from({ length: 33 }, (_, index) => {
    const bottomX = vanishingX + (index - 16) * 250;
    const part = (top - vanishingY) / (1080 - vanishingY);
    return `M${(vanishingX + (bottomX - vanishingX) * part).toFixed(1)} ${top}L${bottomX} 1080`;
  });
  const rows = Array.from({ length: 9 }, (_, index) => {
    const depth = 1 + index * 0.42;
    return vanishingY + (1080 - vanishingY) / depth;
  })
    .filter((y) => y > top)
    .map((y) => `M0 ${y.toFixed(1)}H1920`);
  return (
    `<defs>${gradient('floor', far, near)}</defs><rect y="${top}" width="1920" height="${1080 - top}" fill="url(#floor)"/>` +
    `<path d="${rays.join('')}${rows.join('')}" stroke="${joint}" stroke-width="2.5" stroke-opacity=".5" fill="none"/>` +
    `<rect y="${top}" width="1920" height="40" fill="#000" fill-opacity=".12" filter="url(#soft)"/>`
  );
}

/** A bright reflection on the floor. */
export function shine(x: number, y: number, radiusX: number, radiusY: number, colour: string, opacity: number): string {
  return `<ellipse cx="${x}" cy="${y}" rx="${radiusX}" ry="${radiusY}" fill="${colour}" fill-opacity="${opacity}" filter="url(#soft)"/>`;
}

/** A ceiling with light panels in perspective. */
export function ceiling(
  bottom: number,
  vanishingX: number,
  dark: string,
  light: string,
  panels: readonly number[],
): string {
  const lamp = (x: number): string => {
    const bottomX = vanishingX + (x - vanishingX) * 0.72;
    const shape = `M${x - 90} ${bottom * 0.12}L${x + 90} ${bottom * 0.12}L${bottomX + 62} ${bottom * 0.72}L${bottomX - 62} ${bottom * 0.72}Z`;
    return `<path d="${shape}" fill="${light}" opacity=".5" filter="url(#soft)"/><path d="${shape}" fill="${light}"/>`;
  };
  return (
    `<defs>${gradient('ceiling', shade(dark, 0.8), dark)}</defs><rect width="1920" height="${bottom}" fill="url(#ceiling)"/>` +
    `${panels.map(lamp).join('')}<rect y="${bottom - 8}" width="1920" height="8" fill="#000" fill-opacity=".25"/>`
  );
}

/** Writing, centred. */
export function text(x: number, y: number, sizePx: number, colour: string, words: string, weight = 700): string {
  return `<text x="${x}" y="${y}" ${FONT} font-size="${sizePx}" font-weight="${weight}" text-anchor="middle" fill="${colour}">${words}</text>`;
}

/** A dark sign with lit letters, as over counters. */
export function ledSign(
  x: number,
  y: number,
  widthPx: number,
  heightPx: number,
  words: string,
  colour: string,
): string {
  const size = heightPx * 0.62;
  const baseline = y + heightPx * 0.73;
  return (
    `<rect x="${x - widthPx / 2}" y="${y}" width="${widthPx}" height="${heightPx}" rx="8" fill="#14161b"/>` +
    `<rect x="${x - widthPx / 2 + 4}" y="${y + 4}" width="${widthPx - 8}" height="${heightPx - 8}" rx="5" fill="#0b0c10" stroke="#3a3d46" stroke-width="2"/>` +
    `<g filter="url(#glow)" opacity=".7">${text(x, baseline, size, colour, words)}</g>${text(x, baseline, size, colour, words)}`
  );
}

/** A plant in a pot; the foot of the pot is at x, y; 1 is about 300 px high. */
export function plant(x: number, y: number, scale: number, pot: string): string {
  const leaves = [-72, -48, -26, -8, 12, 30, 52, 76]
    .map((angle, index) => {
      const colour = ['#3f7d4f', '#4f9460', '#2f6a44', '#5aa06a'][index % 4] ?? '#3f7d4f';
      const length = 150 + ((index * 37) % 60);
      return `<path d="M0-92 Q${-26}-${92 + length * 0.6} 0-${92 + length} Q26-${92 + length * 0.6} 0-92Z" transform="rotate(${angle} 0 -92)" fill="${colour}"/>`;
    })
    .join('');
  return (
    `<g transform="translate(${x} ${y}) scale(${scale})"><ellipse cx="0" cy="0" rx="84" ry="16" fill="#000" fill-opacity=".25"/>${leaves}` +
    `<path d="M-54-100 L54-100 L40 0 L-40 0Z" fill="${pot}"/><path d="M-54-100 L54-100 L40 0 L-40 0Z" fill="url(#gloss)"/><rect x="-60" y="-112" width="120" height="20" rx="6" fill="${shade(pot, 1.12)}"/></g>`
  );
}

/** The back of a monitor on a counter; its foot is at x, y. */
export function monitorBack(x: number, y: number, scale: number): string {
  return (
    `<g transform="translate(${x} ${y}) scale(${scale})"><rect x="-9" y="-30" width="18" height="26" fill="#2a2e36"/><rect x="-34" y="-8" width="68" height="8" rx="3" fill="#2a2e36"/>` +
    '<rect x="-66" y="-112" width="132" height="86" rx="6" fill="#343a44"/><rect x="-66" y="-112" width="132" height="86" rx="6" fill="url(#gloss)"/><circle cx="0" cy="-69" r="7" fill="#566070"/></g>'
  );
}

/** A self-service machine with a lit screen, seen from the front; its foot is at x, y; 1 is 430 px high. */
export function kiosk(
  x: number,
  y: number,
  scale: number,
  body: string,
  screen: string,
  title: string,
  rows: readonly string[],
): string {
  const lines = rows
    .map(
      (row, index) =>
        `<rect x="-68" y="${-322 + index * 42}" width="136" height="34" rx="6" fill="#fff" fill-opacity=".2"/>${text(0, -298 + index * 42, 22, '#fff', row, 500)}`,
    )
    .join('');
  return (
    `<g transform="translate(${x} ${y}) scale(${scale})"><ellipse cx="0" cy="2" rx="132" ry="20" fill="#000" fill-opacity=".32"/>` +
    `<path d="M-84-168 L84-168 L100 0 L-100 0Z" fill="${shade(body, 0.82)}"/><path d="M-84-168 L84-168 L100 0 L-100 0Z" fill="url(#gloss)"/>` +
    `<rect x="-98" y="-430" width="196" height="268" rx="16" fill="${body}"/><rect x="-98" y="-430" width="196" height="268" rx="16" fill="url(#gloss)"/>` +
    `<rect x="-84" y="-374" width="168" height="192" rx="6" fill="${screen}" filter="url(#glow)" opacity=".55"/>` +
    `<rect x="-84" y="-374" width="168" height="192" rx="6" fill="${screen}"/><rect x="-84" y="-422" width="168" height="42" rx="8" fill="${shade(screen, 0.62)}"/>${text(0, -391, 26, '#fff', title)}${text(0, -340, 20, '#fff', '请选择业务', 500)}${lines}` +
    '<rect x="-52" y="-142" width="104" height="16" rx="5" fill="#15181d"/><rect x="-30" y="-104" width="60" height="40" rx="5" fill="#15181d" fill-opacity=".6"/></g>'
  );
}

/** A row of waiting chairs towards us; the middle of its feet is at x, y; 1 fits people of 400 px. */
export function chairs(x: number, y: number, scale: number, count: number, pitch: number, colour: string): string {
  const width = count * pitch;
  const one = (index: number): string => {
    const left = -width / 2 + index * pitch + 8;
    const seat = pitch - 16;
    return (
      `<rect x="${left}" y="-232" width="${seat}" height="136" rx="16" fill="${colour}"/><rect x="${left}" y="-232" width="${seat}" height="136" rx="16" fill="url(#gloss)"/>` +
      `<rect x="${left - 2}" y="-112" width="${seat + 4}" height="26" rx="10" fill="${shade(colour, 0.8)}"/>`
    );
  };
  const legs = [-width / 2 + 30, 0, width / 2 - 30]
    .map(
      (at) =>
        `<path d="M${at}-80 L${at} -8 M${at - 26} -4 H${at + 26}" stroke="#8b929c" stroke-width="9" stroke-linecap="round"/>`,
    )
    .join('');
  return (
    `<g transform="translate(${x} ${y}) scale(${scale})"><ellipse cx="0" cy="0" rx="${width / 2}" ry="18" fill="#000" fill-opacity=".22"/>${legs}` +
    `<rect x="${-width / 2}" y="-88" width="${width}" height="12" rx="5" fill="#767d88"/>${Array.from({ length: count }, (_, index) => one(index)).join('')}</g>`
  );
}

/** The edges of the picture darken, as behind any small lens. */
export const VIGNETTE = '<rect width="1920" height="1080" fill="url(#vignette)"/>';
