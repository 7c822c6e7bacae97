import { expect } from 'vitest';
import type { Role } from '../../src/control/options.js';
import { FakeLayoutDesk } from './fake-layout-desk.js';
import { FakeProgrammeDesk } from './fake-programme-desk.js';
import { tokens, type Hall } from './open-hall.js';

/** Who there can be, the least first. */
const ROLES = ['viewer', 'guard', 'operator', 'admin'] as const;
/** Everybody who can come, somebody without a name among them. */
export const EVERYBODY = ['nobody', ...ROLES] as const;
export type Somebody = (typeof EVERYBODY)[number];

/** Whether somebody may do what takes a role; null: what anybody may. */
export const may = (who: Somebody, needed: Role | null): boolean =>
  needed === null || (who !== 'nobody' && ROLES.indexOf(who) >= ROLES.indexOf(needed));
/** How somebody says who he is. */
export const bearer = (who: Somebody): Record<string, string> =>
  who === 'nobody' ? {} : { authorization: `Bearer ${tokens[who]}` };

/** Everything that somebody could have changed. */
export function everythingOf({ engine }: Hall): string {
  const { layoutDesk: desk, programmeDesk: programme, testPatterns, cameras, commands, reloads } = engine;
  if (!(desk instanceof FakeLayoutDesk)) throw new TypeError('the layout desk is not the one that remembers');
  if (!(programme instanceof FakeProgrammeDesk))
    throw new TypeError('the programme desk is not the one that remembers');
  const made = [programme.done, desk.saved, desk.deleted, desk.drafts(), testPatterns.current(), cameras.mover.done];
  return JSON.stringify([engine.state(), commands, reloads, made, engine.counts(), engine.brightness().light]);
}

/** Sees to it that what is refused changes nothing. */
export async function asking<Answer>(hall: Hall, isAllowed: boolean, ask: () => Promise<Answer>): Promise<Answer> {
  const before = everythingOf(hall);
  const answer = await ask();
  if (!isAllowed) expect(everythingOf(hall)).toBe(before);
  return answer;
}
