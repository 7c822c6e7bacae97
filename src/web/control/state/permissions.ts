import type { Person } from '../link/session.js';

/** What a person may press. The server decides; this keeps the page from offering what will be refused. */
export type Permissions = {
  /** Layouts, cut, cells, ticker, ending a blackout. */
  readonly operate: boolean;
  /** Whatever stands in the configuration, and records of who did what. */
  readonly administer: boolean;
  /** Hiding everything. */
  readonly blackOut: boolean;
};

/** Where nobody has to sign in, everybody may do everything. */
export function permissionsOf(person: Person | null): Permissions {
  const role = person?.role ?? 'admin';
  const operate = role === 'operator' || role === 'admin';
  return { operate, administer: role === 'admin', blackOut: operate || role === 'guard' };
}
