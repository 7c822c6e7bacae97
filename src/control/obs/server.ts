/**
 * obs-websocket v5 (obsproject/obs-websocket, docs/generated/protocol.md), the protocol that the field's buttons, scripts
 * and pages already speak. A scene is a layout, an input is a camera or the ticker; what OBS does not know goes through
 * vendor `glasshall`. One request has one entry in the registry (`requests/`), with its schema, its role and its answer;
 * a session is one connection; the translator turns engine events into OBS's.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Closable } from '../../core/closing.js';
import type { Logger } from '../../core/logger.js';
import type { Access } from '../access/access.js';
import type { CommandDesk } from '../commands/desk.js';
import type { WallEngine } from '../engine.js';
import type { Snapshots } from '../snapshots.js';
import type { SocketLimits } from '../socket/guarded-socket.js';
import { SocketHost } from '../socket/socket-host.js';
import type { Tally } from '../tally.js';
import { Catalogue } from './catalogue.js';
import { chooseSubProtocol } from './encoding.js';
import { EventTranslator } from './events.js';
import { OutgoingEvent } from './outgoing-event.js';
import { eventSubscription, type ObsEvent } from './protocol.js';
import { requestTypes } from './registry.js';
import { Session } from './session.js';

export type ObsServerOptions = {
  readonly engine: WallEngine;
  readonly desk: CommandDesk;
  readonly access: Access;
  readonly snapshots: Snapshots;
  readonly tally: Tally;
  readonly limits: SocketLimits;
  readonly log: Logger;
};

/** All obs-websocket connections, whichever port they came through. */
export class ObsServer implements Closable {
  readonly #access: Access;
  readonly #host: SocketHost;
  readonly #sessions = new Set<Session>();
  readonly #translator: EventTranslator;
  #closing: Promise<void> | null = null;

  constructor(options: ObsServerOptions) {
    const { engine, desk, access, snapshots, tally, limits, log } = options;
    this.#access = access;
    const broadcast = (event: ObsEvent): void => this.#broadcast(event);
    const context = { engine, desk, catalogue: new Catalogue(engine), snapshots, requestTypes, broadcast };
    const salt = randomBytes(32).toString('base64');
    const sessionOptions = {
      people: access.people,
      tally,
      log,
      identifyWithinMs: limits.identifyWithinMs,
      salt,
      context,
      onClose: (session: Session): void => void this.#sessions.delete(session),
    };
    this.#host = new SocketHost({
      label: 'obs',
      access,
      tally,
      limits,
      identifiedOnly: false,
      chooseSubProtocol,
      accept: (socket, person) => this.#sessions.add(new Session(socket, person, sessionOptions)),
    });
    this.#translator = new EventTranslator(engine, broadcast);
  }

  get connectionCount(): number {
    return this.#host.connectionCount;
  }

  /** Takes an upgrade request from any HTTP server. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#host.handleUpgrade(request, socket, head);
  }

  /** Ends the sessions of people who are no longer on the list (close code 4011). */
  dropStrangers(): void {
    for (const session of this.#sessions) {
      if (session.person !== null && !this.#access.people.knows(session.person)) session.invalidate();
    }
  }

  /** Says `ExitStarted` and ends every connection. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#translator.close();
    this.#broadcast({ eventType: 'ExitStarted', eventIntent: eventSubscription.general });
    await this.#host.close();
  }

  #broadcast(event: ObsEvent): void {
    const outgoing = new OutgoingEvent(event);
    for (const session of this.#sessions) session.sendEvent(outgoing);
  }
}
