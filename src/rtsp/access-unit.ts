import type { NetworkUnit } from './network-units.js';

/** What pictures are encoded with. */
export const CODECS = ['h264', 'h265'] as const;
export type Codec = (typeof CODECS)[number];

/** The NAL units of one picture. A key frame begins with the parameter sets. */
export type AccessUnit = { readonly units: readonly NetworkUnit[]; readonly isKeyFrame: boolean };
