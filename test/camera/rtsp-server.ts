import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const LAUNCHER = fileURLToPath(new URL('../../fixtures/gstreamer/rtsp-server.py', import.meta.url));

export type RtspServerOptions = {
  /** Path on the server to a clip's file. */
  readonly mounts: Readonly<Record<string, string>>;
  readonly username?: string;
  readonly password?: string;
};

/** GStreamer's RTSP server in a process of its own. */
export class RtspServer {
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#process = child;
    this.port = port;
  }

  static async start(options: RtspServerOptions): Promise<RtspServer> {
    // Debian's own Python: the GStreamer bindings belong to it.
    const child = spawn('/usr/bin/python3', [LAUNCHER, JSON.stringify(options)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    const { port } = JSON.parse(said.toString()) as { port: number };
    return new RtspServer(child, port);
  }

  /** The machine hangs: connections stay open, nothing is said. */
  freeze(): void {
    this.#process.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process.kill('SIGCONT');
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'close');
    this.#process.kill('SIGKILL');
    await gone;
  }
}
