import { CopyPlan } from '../../view/copy-plan.js';
import type { Rfc4175Options } from './options.js';
import type { PixelGroup, Segment } from './segments.js';
import { packUyvp, packUyvy, type PackPixels } from './ycbcr.js';

/** How the samples of a picture are packed. */
export type Sampling = PixelGroup & {
  /** For segments that lie at these bytes of `target`. */
  packer(segments: readonly Segment[], offsets: readonly number[], target: Uint8Array, rowPx: number): Packer;
};

/** Packs a whole picture of 8-bit RGB into packets, allocating nothing. */
export type Packer = (picture: Uint8Array) => void;

/** R G B, a byte each (RFC 4175, section 4.3). */
const RGB_8: Sampling = {
  groupBytes: 3,
  groupPx: 1,
  packer: (segments, offsets, target, rowPx) => {
    const plan = new CopyPlan();
    segments.forEach((segment, index) => {
      plan.add((segment.line * rowPx + segment.offsetPx) * 3, offsets[index] ?? 0, segment.bytes);
    });
    return (picture) => plan.copy(picture, target);
  },
};
const YCBCR_422_8: Sampling = { groupBytes: 4, groupPx: 2, packer: converting(packUyvy) };
const YCBCR_422_10: Sampling = { groupBytes: 5, groupPx: 2, packer: converting(packUyvp) };

/** The packing that the options ask for. */
export function samplingOf({ sampling, depth }: Pick<Rfc4175Options, 'sampling' | 'depth'>): Sampling {
  if (sampling === 'RGB') return RGB_8;
  return depth === 8 ? YCBCR_422_8 : YCBCR_422_10;
}

function converting(pack: PackPixels): Sampling['packer'] {
  return (segments, offsets, target, rowPx) => {
    const sources = segments.map(({ line, offsetPx }) => (line * rowPx + offsetPx) * 3);
    return (picture) => {
      for (let index = 0; index < segments.length; index += 1) {
        pack(picture, sources[index] ?? 0, segments[index]?.widthPx ?? 0, target, offsets[index] ?? 0);
      }
    };
  };
}
