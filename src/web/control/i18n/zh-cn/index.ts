/**
 * The i18n folder holds every word of the page: a file for each area of it, the same in each language. Both dictionaries
 * have the type of this one, so the compiler misses no text. Codes that the server sends are worded in `reasons` and
 * `errors`. More words: a file here and in `../en`, and its line in both indices.
 */
import { automation } from './automation.js';
import { brightness } from './brightness.js';
import { buses } from './buses.js';
import { cameraCard } from './camera-card.js';
import { cameras } from './cameras.js';
import { cells } from './cells.js';
import { controllers } from './controllers.js';
import { counts } from './counts.js';
import { editor } from './editor.js';
import { errors } from './errors.js';
import { general } from './general.js';
import { header } from './header.js';
import { health } from './health.js';
import { layouts } from './layouts.js';
import { link } from './link.js';
import { making } from './making.js';
import { outputs } from './outputs.js';
import { patterns } from './patterns.js';
import { ptz } from './ptz.js';
import { programme } from './programme.js';
import { reasons } from './reasons.js';
import { records } from './records.js';
import { shortcuts } from './shortcuts.js';
import { signIn } from './sign-in.js';
import { sources } from './sources.js';
import { take } from './take.js';
import { ticker } from './ticker.js';
import { urgent } from './urgent.js';
import { views } from './views.js';

export const zhCn = {
  ...general,
  automation,
  brightness,
  buses,
  cameraCard,
  cameras,
  cells,
  controllers,
  counts,
  editor,
  errors,
  header,
  health,
  layouts,
  link,
  making,
  outputs,
  patterns,
  ptz,
  programme,
  reasons,
  records,
  shortcuts,
  signIn,
  sources,
  take,
  ticker,
  urgent,
  views,
};

/** The shape of a dictionary. */
export type Texts = typeof zhCn;
