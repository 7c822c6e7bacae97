import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { eventually } from '../eventually.js';
import type {} from '../../src/web/screen/page-state.js';
import type { DdpSender } from '../rehearsal/led-screen/ddp-sender.js';

/** What tests of the screen's page look with: a feed of pictures, and the colours that are really on the page. */

export type Colour = readonly [red: number, green: number, blue: number];

/** Sends the same picture over and over, as a wall does, until it is told to pause. */
export class Feed {
  readonly #sender: DdpSender;
  readonly #picture: Uint8Array;
  #running: Promise<void> | null = null;
  #paused = false;

  constructor(sender: DdpSender, picture: Uint8Array) {
    this.#sender = sender;
    this.#picture = picture;
  }

  start(): void {
    this.#paused = false;
    this.#running ??= this.#run();
  }

  async pause(): Promise<void> {
    this.#paused = true;
    await this.#running;
    this.#running = null;
  }

  async close(): Promise<void> {
    await this.pause();
    await this.#sender.close();
  }

  async #run(): Promise<void> {
    while (!this.#paused) {
      await this.#sender.sendPicture(this.#picture);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  }
}

export async function waitForPictures(page: Page): Promise<void> {
  await page.waitForFunction(() => window.glasshallScreen.frameNumber > 2);
}

type ColourAt = (x: number, y: number) => Colour;

/** Looks at the page until what is asked holds: a browser that is busy shows a change some pictures later. */
export async function expectSeen(page: Page, check: (colourAt: ColourAt) => void): Promise<void> {
  await eventually(
    async () => {
      check(await shot(page));
    },
    { timeout: 30_000, interval: 100 },
  );
}

/** The colours that are really on the page, by device pixel. */
async function shot(page: Page): Promise<ColourAt> {
  const { data, info } = await sharp(await page.screenshot())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return (x, y) => {
    const at = (Math.floor(y) * info.width + Math.floor(x)) * 3;
    return [data[at] ?? NaN, data[at + 1] ?? NaN, data[at + 2] ?? NaN];
  };
}

export function expectColour(seen: Colour, expected: Colour, tolerance: number): void {
  const apart = Math.max(...seen.map((value, index) => Math.abs(value - (expected[index] ?? NaN))));
  expect(apart, `seen ${seen.join(',')}, expected ${expected.join(',')}`).toBeLessThanOrEqual(tolerance);
}

export const viewOf = (page: Page): Promise<{ pitchPx: number; originX: number; originY: number }> =>
  page.evaluate(() => ({ ...window.glasshallScreen.view }));
