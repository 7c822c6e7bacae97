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
import type { Texts } from '../zh-cn/index.js';

/** English, by choice. */
export const en: Texts = {
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
