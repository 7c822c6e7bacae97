import { TICKER_SOURCE } from '../../layout/layout.js';
import type { WallEngine } from '../engine.js';
import type { Input } from './catalogue.js';
import type { Fields } from './protocol.js';

/** What can be said of an input: the ticker's text; of a camera which one it is, never its address. */
export function settingsOf(input: Input, engine: WallEngine): Fields {
  if (input.source === TICKER_SOURCE) return { text: engine.state().tickerText };
  return input.tile === null ? {} : { camera: input.tile.camera };
}
