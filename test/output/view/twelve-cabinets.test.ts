import { expect, it } from 'vitest';
import { picture } from '../pictures.js';
import { CONTROLLERS, hang, light, WALL } from './cabinet-wall.js';

it('twelve turned, serpentine cabinets on three controllers show the canvas, pixel for pixel', async () => {
  const canvas = picture(WALL, 7);
  const screen = Buffer.alloc(canvas.pixels.length);
  for (const controller of CONTROLLERS) {
    const { output, receiver } = await hang(controller);
    output.send(0, output.prepare(canvas));
    const held = await receiver.frame();
    expect(held.length).toBe(controller.chainPx * 3);
    const lit = light(controller, held, screen);
    expect(lit).toBe(4 * 16 * 12);
    // What no cabinet shows is dark: all light on the wire is light on the wall.
    const shown = Buffer.alloc(screen.length);
    light(controller, held, shown);
    expect(held.reduce((sum, byte) => sum + byte, 0)).toBe(shown.reduce((sum, byte) => sum + byte, 0));
  }
  expect(screen.equals(canvas.pixels)).toBe(true);
});
