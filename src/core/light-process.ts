import { EventEmitter } from 'node:events';
import { Socket } from 'node:net';
import { constants } from 'node:os';
import { childEnvironment } from './child-environment.js';
import { lastErrorNumber, systemCalls, systemError } from './c-library.js';

/**
 * Starts children without copying this process. Node forks, and a fork of a process with hundreds of megabytes stops all its
 * threads for 10 to 25 ms and makes every page that the wall writes afterwards a fault: takes cost the wall its ticks.
 * `posix_spawn` shares the memory until the child's `exec` instead (posix_spawn(3), glibc).
 */

const AF_UNIX = 1;
const SOCK_STREAM_CLOEXEC = 0o2000001;
const WNOHANG = 1;
/** `posix_spawn_file_actions_t` of glibc has 80 bytes on 64-bit machines, musl's is no larger. */
const FILE_ACTIONS_BYTES = 256;
const REAP_EVERY_MS = 10;

/**
 * Where the output of every child that has a listener is read into, one piece after the other: a new buffer for each read
 * would be megabytes a tick, and the memory between them would never come together again.
 */
const OUTPUT_BYTES = 256 * 1024;
const outputBuffer = Buffer.allocUnsafeSlow(OUTPUT_BYTES);

/** Told of every piece of output. The bytes are valid until it returns. */
export type OutputListener = (bytes: Buffer) => void;

/** Calls into the C library. */
const system = systemCalls({
  socketpair: 'int socketpair(int domain, int type, int protocol, _Out_ int *pair)',
  close: 'int close(int fd)',
  spawn:
    'int posix_spawn(_Out_ int *pid, const char *path, void *actions, void *attributes, const char **argv, const char **envp)',
  initActions: 'int posix_spawn_file_actions_init(void *actions)',
  addDup2: 'int posix_spawn_file_actions_adddup2(void *actions, int from, int to)',
  destroyActions: 'int posix_spawn_file_actions_destroy(void *actions)',
  waitpid: 'int waitpid(int pid, _Out_ int *status, int options)',
});

/** Whether children can be started this way here. */
export const canStartLightly = system !== null;

/** A child with a socket to each of its standard streams. `close` comes when it has ended and its output is read. */
export class LightProcess extends EventEmitter<{ close: [code: number | null, signal: NodeJS.Signals | null] }> {
  readonly pid: number;
  readonly stdin: Socket;
  readonly stdout: Socket;
  readonly stderr: Socket;
  #isReaped = false;

  /**
   * @param program with its path
   * @param onOutput told of what comes on `stdout`, which is then not to be read otherwise
   * @throws Error with the `code` of the system, such as ENOENT or EMFILE
   */
  constructor(program: string, given: readonly string[], onOutput: OutputListener | null = null) {
    super();
    const pairs: [near: number, far: number][] = [];
    try {
      for (let stream = 0; stream < 3; stream += 1) pairs.push(socketPair());
      this.pid = spawn(
        program,
        given,
        pairs.map(([, far]) => far),
      );
    } catch (failure) {
      for (const [near] of pairs) calls().close(near);
      throw failure;
    } finally {
      for (const [, far] of pairs) calls().close(far);
    }
    const [input, output, messages] = pairs.map(([near]) => near);
    this.stdin = new Socket({ fd: input ?? -1, readable: false, writable: true });
    const reading = onOutput === null ? {} : { onread: { buffer: outputBuffer, callback: handingOn(onOutput) } };
    this.stdout = new Socket({ fd: output ?? -1, readable: true, writable: false, ...reading });
    this.stderr = new Socket({ fd: messages ?? -1, readable: true, writable: false });
    let open = 2;
    for (const stream of [this.stdout, this.stderr]) {
      stream.once('close', () => {
        open -= 1;
        if (open === 0) this.#reap();
      });
    }
  }

  /** Sends a signal; false when the child has ended. */
  kill(signal: NodeJS.Signals): boolean {
    return !this.#isReaped && process.kill(this.pid, signal);
  }

  #reap(): void {
    const status = [0];
    const ended = calls().waitpid(this.pid, status, WNOHANG);
    if (ended === 0) {
      setTimeout(() => this.#reap(), REAP_EVERY_MS);
      return;
    }
    this.#isReaped = true;
    this.stdin.destroy();
    const [value = 0] = status;
    const signal = value & 0x7f;
    this.emit('close', signal === 0 ? (value >> 8) & 0xff : null, signal === 0 ? null : signalName(signal));
  }
}

function handingOn(onOutput: OutputListener): (byteCount: number, buffer: Uint8Array) => boolean {
  return (byteCount) => {
    onOutput(outputBuffer.subarray(0, byteCount));
    return true;
  };
}

function calls(): NonNullable<typeof system> {
  if (system === null) throw new Error('there is no posix_spawn here');
  return system;
}

function socketPair(): [number, number] {
  const pair = [0, 0];
  if (calls().socketpair(AF_UNIX, SOCK_STREAM_CLOEXEC, 0, pair) !== 0) throw systemError(lastErrorNumber());
  const [near = -1, far = -1] = pair;
  return [near, far];
}

function spawn(program: string, given: readonly string[], streams: readonly number[]): number {
  const { initActions, addDup2, destroyActions, spawn: start } = calls();
  const actions = Buffer.alloc(FILE_ACTIONS_BYTES);
  initActions(actions);
  try {
    streams.forEach((fd, target) => addDup2(actions, fd, target));
    const pid = [0];
    const environment = Object.entries(childEnvironment()).map(([name, value]) => `${name}=${value}`);
    const failure = start(pid, program, actions, null, [program, ...given, null], [...environment, null]);
    if (failure !== 0) throw systemError(failure);
    return pid[0] ?? 0;
  } finally {
    destroyActions(actions);
  }
}

function signalName(number: number): NodeJS.Signals {
  const found = Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
  return (found ?? 'SIGKILL') as NodeJS.Signals;
}
