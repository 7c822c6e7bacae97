import { expect, it } from 'vitest';
import { vendorRequests } from '../../src/control/vendor.js';
import { pixelMapsOf } from '../../src/engine/pixel-maps.js';
import { outputOptions } from '../../src/output/options.js';

const WALL = { widthPx: 20, heightPx: 10 };

it('says of every output where it is on the wall, and how its chain runs through its cabinets', () => {
  const area = { x: 4, y: 2, width: 12, height: 4 };
  const map = {
    start: 'bottom-left',
    direction: 'columns',
    breaks: { pixels: 50 },
    cabinets: [
      { x: 6, y: 0, width: 6, height: 4 },
      { x: 0, y: 0, width: 6, height: 3, rotation: 180, mirror: 'horizontal', serpentine: false },
    ],
  };
  const outputs = [
    outputOptions.parse({ id: 'left', type: 'ddp', host: '192.0.2.1', area, map }),
    outputOptions.parse({ id: 'whole', type: 'ddp', host: '192.0.2.2' }),
  ];
  const pixelMaps = pixelMapsOf(outputs, WALL);
  expect(pixelMaps).toEqual([
    {
      output: 'left',
      area: { x: 4, y: 2, widthPx: 12, heightPx: 4 },
      chainLengthPx: 68,
      cabinets: [
        {
          number: 1,
          rectangle: { x: 10, y: 2, widthPx: 6, heightPx: 4 },
          rotation: 0,
          mirror: 'none',
          from: 0,
          to: 24,
          // Up the left column; the sixth column goes down again.
          first: { x: 10, y: 5 },
          lineEnd: { x: 10, y: 2 },
          last: { x: 15, y: 5 },
        },
        {
          number: 2,
          rectangle: { x: 4, y: 2, widthPx: 6, heightPx: 3 },
          rotation: 180,
          mirror: 'horizontal',
          from: 50,
          to: 68,
          // Turned, it would begin at the top right; mirrored, at the top left.
          first: { x: 4, y: 2 },
          lineEnd: { x: 4, y: 4 },
          last: { x: 9, y: 4 },
        },
      ],
    },
    { output: 'whole', area: { x: 0, y: 0, ...WALL }, chainLengthPx: 200, cabinets: [] },
  ]);
  expect(vendorRequests.GetPixelMaps.response.parse({ pixelMaps })).toEqual({ pixelMaps });
});
