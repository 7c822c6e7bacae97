import type { IncomingHttpHeaders } from 'node:http';
import type { ControlOptions } from '../options.js';
import { isAddressedByNumber, isOriginAllowed } from './origin.js';
import { LOCAL_PERSON, People, type Person } from './people.js';
import { Sessions } from './sessions.js';

/** Everything that decides whether somebody comes in, in one place for HTTP, obs-websocket and pictures. */
export class Access {
  readonly people: People;
  readonly sessions = new Sessions();
  #origins: readonly string[];

  constructor(options: ControlOptions) {
    this.people = new People(options.operators);
    this.#origins = options.origins;
  }

  /** Takes new options; sessions of people who are no longer there end. */
  replace(options: ControlOptions): void {
    this.people.replace(options.operators);
    this.#origins = options.origins;
    this.sessions.keepOnly((person) => this.people.knows(person));
  }

  /** Who sends this request, by bearer token or session cookie; null when they have to say so first. */
  identify(headers: IncomingHttpHeaders): Person | null {
    if (!this.people.tokenNeeded) return LOCAL_PERSON;
    const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (bearer !== undefined) return this.people.byToken(bearer);
    return this.sessions.find(headers.cookie);
  }

  /** Whether the request may be answered at all, before anybody asks who sends it. */
  isHostAllowed(headers: IncomingHttpHeaders): boolean {
    return this.people.tokenNeeded || isAddressedByNumber(headers);
  }

  /** Whether a WebSocket may be opened from where this handshake comes. */
  isHandshakeAllowed(headers: IncomingHttpHeaders): boolean {
    return this.isHostAllowed(headers) && isOriginAllowed(headers, this.#origins);
  }
}
