import { computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { createCommands } from './commands/commands.js';
import type { Commands } from './commands/commands.js';
import { DICTIONARIES } from './i18n/languages.js';
import type { Texts } from './i18n/languages.js';
import { keepPixelMaps } from './link/pixel-maps.js';
import { keepScheduleDays } from './link/schedule-days.js';
import { keepLinked } from './link/link.js';
import type { Link } from './link/link.js';
import { createPictureFeed } from './pictures/picture-feed.js';
import type { PictureFeed } from './pictures/picture-feed.js';
import { createHall } from './state/hall.js';
import type { Hall } from './state/hall.js';
import { createNotices } from './state/notices.js';
import type { Notices } from './state/notices.js';
import { permissionsOf } from './state/permissions.js';
import type { Permissions } from './state/permissions.js';
import { createPreferences } from './state/preferences.js';
import type { Preferences } from './state/preferences.js';
import { followPlace } from './state/place.js';
import type { Place } from './state/place.js';
import { createSelection } from './state/selection.js';
import type { Selection } from './state/selection.js';
import { startTickingClock } from './state/ticking-clock.js';
import type { TickingClock } from './state/ticking-clock.js';
import { createWallClock } from './state/wall-clock.js';
import type { WallClock } from './state/wall-clock.js';

/** Everything that the panels share. */
export type Desk = {
  readonly hall: Hall;
  readonly link: Link;
  readonly commands: Commands;
  readonly pictures: PictureFeed;
  readonly preferences: Preferences;
  readonly notices: Notices;
  readonly clock: TickingClock;
  /** Epoch milliseconds as the server counts them; what is drawn with them is drawn anew as time goes on. */
  readonly serverNow: () => number;
  /** Words for moments, in the wall's time. */
  readonly wallClock: ReadonlySignal<WallClock>;
  readonly selection: Selection;
  /** Which view is open, and what in it. */
  readonly place: ReadonlySignal<Place>;
  /** Id of the camera whose card is open, null while none is. */
  readonly cameraCard: Signal<string | null>;
  readonly texts: ReadonlySignal<Texts>;
  /** Whether what is shown is how it is: linked, and the state known. */
  readonly current: ReadonlySignal<boolean>;
  /** What can be pressed now: nothing without a link, and nothing that the person's role does not allow. */
  readonly may: ReadonlySignal<Permissions>;
};

const NOTHING: Permissions = { operate: false, administer: false, blackOut: false };

export function createDesk(): Desk {
  const hall = createHall();
  const preferences = createPreferences();
  const notices = createNotices();
  const link = keepLinked(hall);
  const place = followPlace();
  keepPixelMaps(
    hall,
    link,
    computed(() => place.value.view === 'wall' && preferences.pixelMap.value),
  );
  keepScheduleDays(
    hall,
    link,
    computed(() => place.value.view === 'programme'),
  );
  const pictures = createPictureFeed();
  effect(() => pictures.setOn(link.state.value.kind === 'open'));
  const clock = startTickingClock();
  const timeZone = computed(() => hall.wall.value?.wall.timeZone ?? null);
  const current = computed(() => link.state.value.kind === 'open' && hall.wall.value !== null);
  return {
    hall,
    link,
    pictures,
    preferences,
    notices,
    clock,
    serverNow: () => (clock.now.value >= 0 ? link.serverClock.now() : 0),
    wallClock: computed(() => createWallClock(timeZone.value, preferences.language.value)),
    place,
    selection: createSelection(),
    cameraCard: signal(null),
    commands: createCommands(hall, link, notices),
    texts: computed(() => DICTIONARIES[preferences.language.value]),
    current,
    may: computed(() => (current.value ? permissionsOf(link.person.value) : NOTHING)),
  };
}

/** Hands the desk to the panels. */
export const DeskContext = createContext<Desk | null>(null);

/** The desk, inside of a panel. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('a panel needs a desk around it');
  return desk;
}
