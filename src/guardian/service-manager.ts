import { systemCalls } from '../core/c-library.js';
import type { Closable } from '../core/closing.js';

const AF_UNIX = 1;
const SOCK_DGRAM_CLOEXEC = 0o2000002;
const MSG_DONTWAIT = 0x40;
const FAMILY_BYTES = 2;
/** `sun_path` of `sockaddr_un` (unix(7)). */
const PATH_BYTES = 108;

/** Null where there is another C library: such a system is not one with systemd, and nobody waits for news. */
const system = systemCalls({
  socket: 'int socket(int domain, int type, int protocol)',
  send: 'intptr_t sendto(int fd, const void *data, size_t length, int flags, const void *address, uint32_t bytes)',
  close: 'int close(int fd)',
});

/** What systemd wants to know of a service of `Type=notify` (sd_notify(3)). */
export type ServiceState = {
  readonly READY?: '1';
  readonly STOPPING?: '1';
  readonly WATCHDOG?: '1';
  readonly STATUS?: string;
  /** Which process the service is from now on. */
  readonly MAINPID?: string;
};

/**
 * Tells systemd how the service is, over the datagram socket that it names in the environment. Node has no such sockets, so
 * this calls the C library. A message that does not arrive is lost: systemd draws its conclusions from silence.
 */
export class ServiceManager implements Closable {
  /** Every so often the watchdog wants a sign of life, milliseconds; null: it does not. */
  readonly watchdogMs: number | null;
  readonly #address: Buffer;
  readonly #system: NonNullable<typeof system>;
  #fd: number;
  #beating: NodeJS.Timeout | null = null;

  private constructor(calls: NonNullable<typeof system>, path: string, watchdogMs: number | null) {
    this.#system = calls;
    this.#fd = calls.socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
    this.#address = addressOf(path);
    this.watchdogMs = watchdogMs;
  }

  /** @returns null when no service manager listens, or there is no such C library */
  static find(environment: NodeJS.ProcessEnv): ServiceManager | null {
    const { NOTIFY_SOCKET: path, WATCHDOG_USEC: watchdogUs, WATCHDOG_PID: watchdogPid } = environment;
    if (path === undefined || !/^[/@]/.test(path) || Buffer.byteLength(path) >= PATH_BYTES) return null;
    const isWatched = watchdogUs !== undefined && (watchdogPid === undefined || Number(watchdogPid) === process.pid);
    return system === null ? null : new ServiceManager(system, path, isWatched ? Number(watchdogUs) / 1_000 : null);
  }

  /** Gives the watchdog its signs of life, thrice as often as it wants them, whenever the service does what it is for. */
  beatWhile(isWell: () => boolean): void {
    if (this.watchdogMs === null || this.#beating !== null) return;
    this.#beating = setInterval(() => {
      if (isWell()) this.tell({ WATCHDOG: '1' });
    }, this.watchdogMs / 3);
    this.#beating.unref();
  }

  tell(state: ServiceState): void {
    if (this.#fd < 0) return;
    const text = Object.entries(state)
      .map(([name, value]) => `${name}=${value.replaceAll('\n', ' ')}`)
      .join('\n');
    const data = Buffer.from(text);
    this.#system.send(this.#fd, data, data.length, MSG_DONTWAIT, this.#address, this.#address.length);
  }

  close(): Promise<void> {
    if (this.#beating !== null) clearInterval(this.#beating);
    if (this.#fd >= 0) this.#system.close(this.#fd);
    this.#fd = -1;
    return Promise.resolve();
  }
}

/** `sockaddr_un`. A name that begins with @ is one of the abstract name space, written with a zero byte. */
function addressOf(path: string): Buffer {
  const name = Buffer.from(path);
  if (name[0] === 0x40) name[0] = 0;
  const isAbstract = name[0] === 0;
  const address = Buffer.alloc(FAMILY_BYTES + name.length + (isAbstract ? 0 : 1));
  address.writeUInt16LE(AF_UNIX, 0);
  name.copy(address, FAMILY_BYTES);
  return address;
}
