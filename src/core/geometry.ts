/** Width and height in pixels, both positive integers. */
export type Size = { readonly widthPx: number; readonly heightPx: number };

/** A rectangle in wall pixels; `x` and `y` are its top left corner, counted from the top left of the wall. */
export type Rectangle = Size & { readonly x: number; readonly y: number };

/** How a picture fills a rectangle of another shape: `cover` crops the picture, `contain` leaves black bars. */
export type Fit = 'cover' | 'contain';

/** Whether the two rectangles share at least one pixel. */
export function overlaps(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.widthPx && b.x < a.x + a.widthPx && a.y < b.y + b.heightPx && b.y < a.y + a.heightPx;
}

/** Whether `inner` lies wholly inside a canvas of the given size. */
export function isInside(inner: Rectangle, canvas: Size): boolean {
  return (
    inner.x >= 0 &&
    inner.y >= 0 &&
    inner.x + inner.widthPx <= canvas.widthPx &&
    inner.y + inner.heightPx <= canvas.heightPx
  );
}
