/**
 * The views folder: what one does at the desk, one thing at a time. A view arranges panels, and is a folder
 * with `<view>-view.tsx` and a line here; `#/<view>` leads to it. Its name is in i18n (`views`), its
 * words, commands and state in files of its own there, with a line in the index of each.
 */
import type { FunctionComponent } from 'preact';
import type { Permissions } from '../state/permissions.js';
import type { ViewId } from '../state/place.js';
import { LayoutsView } from './layouts/layouts-view.js';
import { OperateView } from './operate/operate-view.js';
import { ProgrammeView } from './programme/programme-view.js';
import { RecordsView } from './records/records-view.js';
import { TickerView } from './ticker/ticker-view.js';
import { WallView } from './wall/wall-view.js';

export type View = {
  readonly id: ViewId;
  readonly Content: FunctionComponent;
  /** Who is offered it; everybody where it is not said. */
  readonly isFor?: (may: Permissions) => boolean;
};

/** In the order of the navigation. */
export const VIEWS: readonly [View, ...View[]] = [
  { id: 'operate', Content: OperateView },
  { id: 'layouts', Content: LayoutsView },
  { id: 'programme', Content: ProgrammeView },
  { id: 'ticker', Content: TickerView },
  { id: 'wall', Content: WallView },
  { id: 'records', Content: RecordsView, isFor: ({ administer }) => administer },
];
