import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Closable } from '../../src/core/closing.js';
import { projectRoot } from '../../src/core/project-root.js';

/** What is served, and to whom. */
export type GstreamerServerOptions = {
  /** Path on the server to a clip's file. */
  readonly mounts: Readonly<Record<string, string>>;
  readonly username?: string;
  readonly password?: string;
};

/** GStreamer's RTSP server in a process of its own: a server that we did not write. */
export class GstreamerServer implements Closable {
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#process = child;
    this.port = port;
  }

  /** @throws Error when GStreamer or its Python bindings are not there */
  static async start(options: GstreamerServerOptions): Promise<GstreamerServer> {
    const launcher = fileURLToPath(new URL('fixtures/gstreamer/rtsp-server.py', projectRoot));
    // Debian's own Python: the GStreamer bindings belong to it.
    const child = spawn('/usr/bin/python3', [launcher, JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'pipe'] });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-1_000)));
    const said = await Promise.race([
      once(child.stdout, 'data').then(([bytes]) => String(bytes)),
      once(child, 'close').then(() => null),
      once(child, 'error').then(() => null),
    ]);
    if (said === null) throw new Error(`GStreamer's RTSP server did not start: ${complaint.trim()}`);
    const { port } = JSON.parse(said) as { port: number };
    return new GstreamerServer(child, port);
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'close');
    this.#process.kill('SIGKILL');
    await gone;
  }
}
