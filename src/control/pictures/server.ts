/**
 * Live pictures for the control page over a WebSocket, `/pictures`. Views of the wall and of cameras are JPEG, latest wins,
 * encoded once per view and width and handed to everybody who watches it, no faster than they are painted, and not at all
 * while nobody looks. Beside them a camera's own stream can be had as it is, for a browser to play: `live-viewer.ts`.
 * What a client says is in `subscription.ts`, what it receives in `frame-header.ts` and `live-header.ts`.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Closable } from '../../core/closing.js';
import type { Logger } from '../../core/logger.js';
import type { Access } from '../access/access.js';
import type { PictureView, WallEngine } from '../engine.js';
import type { GuardedSocket, SocketLimits } from '../socket/guarded-socket.js';
import { SocketHost } from '../socket/socket-host.js';
import type { Tally } from '../tally.js';
import { Feed } from './feed.js';
import { Viewer } from './viewer.js';

export type PicturesServerOptions = {
  readonly engine: WallEngine;
  readonly access: Access;
  readonly tally: Tally;
  readonly limits: SocketLimits;
  readonly log: Logger;
};

/** All `/pictures` connections and the feeds they watch. */
export class PicturesServer implements Closable {
  readonly #options: PicturesServerOptions;
  readonly #host: SocketHost;
  readonly #feeds = new Map<string, Feed>();
  #closing: Promise<void> | null = null;

  constructor(options: PicturesServerOptions) {
    this.#options = options;
    this.#host = new SocketHost({
      label: 'pictures',
      access: options.access,
      tally: options.tally,
      limits: options.limits,
      identifiedOnly: true,
      accept: (socket) => this.#accept(socket),
    });
  }

  get connectionCount(): number {
    return this.#host.connectionCount;
  }

  /** Views that are being encoded because somebody watches them. */
  get feedCount(): number {
    return [...this.#feeds.values()].filter((feed) => feed.viewerCount > 0).length;
  }

  /** Takes an upgrade request. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#host.handleUpgrade(request, socket, head);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#host.close();
    await Promise.all([...this.#feeds.values()].map((feed) => feed.close()));
    this.#feeds.clear();
  }

  #accept(socket: GuardedSocket): void {
    const { engine, tally } = this.#options;
    new Viewer(socket, {
      tally,
      isCamera: (camera) => hasPicture(engine, camera),
      watchLive: (camera, watcher) => engine.cameras.watch(camera, watcher),
      feedOf: (view, widthPx) => this.#feedOf(view, widthPx),
      onClose: () => this.#dropIdleFeeds(),
    });
  }

  #feedOf(view: PictureView, widthPx: number): Feed {
    this.#dropIdleFeeds();
    const { engine, log, tally } = this.#options;
    const key = `${JSON.stringify(view)} ${widthPx}`;
    const feed = this.#feeds.get(key) ?? new Feed(engine, view, widthPx, log, () => tally.count('pictures', 'encoded'));
    this.#feeds.set(key, feed);
    return feed;
  }

  #dropIdleFeeds(): void {
    for (const [key, feed] of this.#feeds) {
      if (feed.viewerCount === 0) this.#feeds.delete(key);
    }
  }
}

/** Cameras have pictures, and so have boards and images. */
function hasPicture(engine: WallEngine, source: string): boolean {
  if (engine.tiles().some(({ camera }) => camera === source)) return true;
  return engine.otherSources().some(({ id, kind }) => id === source && (kind === 'board' || kind === 'image'));
}
