import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Door, doorOf } from '../../src/camera/ingest/door.js';
import { eventually } from '../eventually.js';

/** A camera at the byte level: does not listen, listens without a word, or answers. */
class Doorway {
  answers = true;
  readonly said: string[] = [];
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  port = 0;

  async open(): Promise<void> {
    const server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => this.#sockets.delete(socket));
      socket.on('data', (bytes) => {
        this.said.push(bytes.toString());
        if (this.answers) socket.write('RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\n\r\n');
      });
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('doorOf', () => {
  it.each([
    ['rtsp://u:p%40@10.0.0.1:8554/a?b=c', { protocol: 'rtsp', host: '10.0.0.1', port: 8554 }],
    ['rtsp://camera.local/a', { protocol: 'rtsp', host: 'camera.local', port: 554 }],
    ['rtsps://[fe80::1]/a', { protocol: 'rtsps', host: 'fe80::1', port: 322 }],
    ['http://10.0.0.1/', null],
  ])('of %s', (url, expected) => {
    expect(doorOf(url)).toEqual(expected);
  });
});

describe('knocking', () => {
  const doorway = new Doorway();
  let door: Door | null = null;
  let opened = 0;
  afterEach(async () => {
    await door?.close();
    await doorway.close();
    doorway.said.length = 0;
    doorway.answers = true;
    opened = 0;
  });
  const knock = (): void => {
    door = new Door({ protocol: 'rtsp', host: '127.0.0.1', port: doorway.port }, () => (opened += 1));
  };

  it('notices a camera that listens again after it refused', async () => {
    await doorway.open();
    await doorway.close();
    knock();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(opened).toBe(0);
    await doorway.open();
    await eventually(() => expect(opened).toBe(1));
  });

  it('notices a camera that hung: on the same connection, asked again and again', async () => {
    doorway.answers = false;
    await doorway.open();
    knock();
    await eventually(() => expect(doorway.said.length).toBeGreaterThanOrEqual(3));
    expect([opened, doorway.connections]).toEqual([0, 1]);
    doorway.answers = true;
    await eventually(() => expect(opened).toBe(1));
  });

  it('says nothing of a door that was open all the time, and nothing secret to anybody', async () => {
    await doorway.open();
    knock();
    await eventually(() => expect(doorway.said.length).toBeGreaterThan(0));
    await eventually(() => expect(doorway.connections).toBe(0));
    expect(opened).toBe(0);
    expect(doorway.said[0]).toBe(`OPTIONS rtsp://127.0.0.1:${doorway.port}/ RTSP/1.0\r\nCSeq: 1\r\n\r\n`);
  });

  it('leaves no connection behind, whatever it is waiting for', async () => {
    doorway.answers = false;
    await doorway.open();
    knock();
    await eventually(() => expect(doorway.connections).toBe(1));
    await door?.close();
    await eventually(() => expect(doorway.connections).toBe(0));
  });
});
