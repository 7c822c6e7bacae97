import type { Logger } from '../../../core/logger.js';
import { UdpLink } from '../../udp-link.js';
import { barePush } from './packet.js';

/** Where a push goes that several displays obey. */
export type PushTarget = { readonly address: string; readonly port: number };

const SEND_BUFFER_BYTES = 65_536;

/** Those at work, by where they push. */
const pushes = new Map<string, SharedPush>();

/**
 * One push for the displays of several outputs, so that all show a frame at the same moment (DDP, "push": all data
 * without it, then one packet with nothing but a push, usually broadcast). It goes out when the last output that has
 * the frame has sent it; outputs that dropped the frame are not waited for. Outputs with the same target share one.
 */
export class SharedPush {
  readonly #key: string;
  readonly #link: UdpLink;
  readonly #packet = barePush();
  readonly #members = new Set<object>();
  readonly #awaited = new Set<object>();
  #tick = -1;
  #isOwed = false;

  private constructor(key: string, target: PushTarget, log: Logger) {
    this.#key = key;
    const { address: host, port } = target;
    this.#link = new UdpLink({ host, port, sendBufferBytes: SEND_BUFFER_BYTES, broadcast: true, log });
  }

  /** Joins those that push there, as whoever is given. */
  static async join(target: PushTarget, member: object, log: Logger): Promise<SharedPush> {
    const key = `${target.address}:${target.port}`;
    const push = pushes.get(key) ?? new SharedPush(key, target, log);
    pushes.set(key, push);
    push.#members.add(member);
    await push.#link.start();
    return push;
  }

  /** The member is going to send the frame of this tick. */
  expect(member: object, tick: number): void {
    if (tick !== this.#tick) {
      // Somebody was too late for the last frame: the others show theirs before they are given new data.
      if (this.#isOwed) this.#push();
      this.#awaited.clear();
      this.#tick = tick;
    }
    this.#awaited.add(member);
  }

  /** The member's data is out. */
  sent(member: object): void {
    this.#awaited.delete(member);
    this.#isOwed = true;
    if (this.#awaited.size === 0) this.#push();
  }

  /** Pushes that could not be sent since the last call. */
  takeFailed(): number {
    return this.#link.takeFailed();
  }

  /** The member sends no more. The last one to leave closes the socket. */
  async leave(member: object): Promise<void> {
    this.#awaited.delete(member);
    if (this.#isOwed && this.#awaited.size === 0) this.#push();
    this.#members.delete(member);
    if (this.#members.size > 0) return;
    if (pushes.get(this.#key) === this) pushes.delete(this.#key);
    await this.#link.close();
  }

  #push(): void {
    this.#isOwed = false;
    this.#link.send(this.#packet);
  }
}
