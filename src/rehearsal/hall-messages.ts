import type { Size } from '../core/geometry.js';

/** To the process of the rehearsal hall. */
export type HallOrder =
  | {
      readonly kind: 'start';
      readonly start: { readonly screen: Size; readonly screenPort: number; readonly cacheDirectory: string };
    }
  /** Which process is served now. */
  | { readonly kind: 'engine'; readonly pid: number }
  | { readonly kind: 'close' };

/** From the process of the rehearsal hall. */
export type HallNotice =
  | { readonly kind: 'progress'; readonly fraction: number; readonly label: string }
  | {
      readonly kind: 'started';
      readonly rehearsal: {
        readonly environment: Readonly<Record<string, string>>;
        readonly screenHttpPort: number;
      };
    }
  | { readonly kind: 'failed'; readonly message: string };
