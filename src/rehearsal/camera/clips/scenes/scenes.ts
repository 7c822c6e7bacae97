import type { ClipName } from '../recipe.js';
import { lobby } from './lobby.js';
import type { Scene } from './scene.js';
import { selfService } from './self-service.js';
import { ticketMachines } from './ticket-machines.js';
import { waitingArea } from './waiting-area.js';
import { windowsA } from './windows-a.js';
import { windowsB } from './windows-b.js';

/** The scenes by the name of their recording. */
export const SCENES: Readonly<Record<Exclude<ClipName, 'test-card'>, Scene>> = {
  'windows-a': windowsA,
  'windows-b': windowsB,
  lobby,
  'ticket-machines': ticketMachines,
  'self-service': selfService,
  'waiting-area': waitingArea,
};
