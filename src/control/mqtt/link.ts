/**
 * The wall at an MQTT broker: `topics.ts` says what is told and what can be asked, `home-assistant.ts` how a home automation
 * finds it, and this keeps the connection. The state is kept at the broker, commands are not: one that was is not obeyed.
 */
import { connect, type IPublishPacket, type MqttClient } from 'mqtt';
import { backoffMs } from '../../core/backoff.js';
import type { Closable } from '../../core/closing.js';
import { beforeAbort, withDeadline } from '../../core/deadline.js';
import { GlasshallError, messageOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import { demandRole } from '../access/people.js';
import { TokenBucket } from '../access/token-bucket.js';
import type { CommandDesk } from '../commands/desk.js';
import type { EngineEvents, WallEngine } from '../engine.js';
import type { Tally } from '../tally.js';
import { discoveryTopics } from './home-assistant.js';
import { KeptTopics } from './kept-topics.js';
import type { MqttOptions } from './options.js';
import { commandTopics, readMessage, stateTopics } from './topics.js';

const MAXIMUM_BYTES = 8_192;
const MESSAGES_PER_SECOND = 20;
const BURST = 40;
/** Several things that happen at once are told once. */
const GATHER_MS = 50;
/** In which a broker hands over what it has kept. */
const KEPT_WITHIN_MS = 5_000;
const GOODBYE_WITHIN_MS = 1_000;
const NEVER = new AbortController().signal;
const KEPT = { qos: 1, retain: true } as const;
/** What the state that is told is made of. */
const TOLD: readonly (keyof EngineEvents)[] = ['state', 'taken', 'tile', 'count', 'output', 'brightness', 'reloaded'];

/** Where something is kept, and the text. */
type Topic = readonly [topic: string, value: string];

export type MqttLinkOptions = {
  readonly mqtt: MqttOptions;
  readonly engine: WallEngine;
  readonly desk: CommandDesk;
  readonly tally: Tally;
  readonly log: Logger;
};

/** One broker: told of everything, asked again for ever when it is away. */
export class MqttLink implements Closable {
  readonly #options: MqttLinkOptions;
  readonly #client: MqttClient;
  readonly #budget = new TokenBucket(MESSAGES_PER_SECOND, BURST);
  /** What the broker keeps, as far as this connection has told it. */
  readonly #told = new Map<string, string>();
  /** What was told of last: of what a reload took away the broker is told to keep nothing. Outlives connections. */
  readonly #listed = { state: new Set<string>(), introduction: new Set<string>() };
  readonly #keptTopics: KeptTopics;
  #lookingBack: NodeJS.Timeout | null = null;
  #attempt = 0;
  #gathering: NodeJS.Timeout | null = null;
  #closing: Promise<void> | null = null;
  #wasConnected: boolean | null = null;

  constructor(options: MqttLinkOptions) {
    this.#options = options;
    const { url, username, password, topic } = options.mqtt;
    const client = connect(url, {
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      protocolVersion: 4,
      connectTimeout: 10_000,
      reconnectPeriod: backoffMs(1),
      queueQoSZero: false,
      will: { topic: `${topic}/available`, payload: Buffer.from('offline'), ...KEPT },
    });
    this.#client = client;
    this.#keptTopics = new KeptTopics(topic, options.mqtt.homeAssistant);
    client.on('connect', () => this.#onConnect());
    client.on('close', () => this.#onClose('closed'));
    client.on('error', (failure) => this.#onClose(messageOf(failure)));
    client.on('message', (at, payload, packet) => this.#onMessage(at, payload, packet));
    for (const event of TOLD) options.engine.on(event, this.#gather);
    options.engine.on('reloaded', this.#introduce);
  }

  get isConnected(): boolean {
    return this.#client.connected;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    for (const event of TOLD) this.#options.engine.off(event, this.#gather);
    this.#options.engine.off('reloaded', this.#introduce);
    if (this.#gathering !== null) clearTimeout(this.#gathering);
    if (this.#lookingBack !== null) clearTimeout(this.#lookingBack);
    // The last will is for those who go without a word.
    const goodbye: Promise<unknown> = this.#client.connected
      ? this.#client.publishAsync(`${this.#options.mqtt.topic}/available`, 'offline', KEPT)
      : Promise.resolve();
    await withDeadline(GOODBYE_WITHIN_MS, NEVER, (signal) => beforeAbort(signal, goodbye)).catch((failure: unknown) =>
      this.#options.log.debug({ failure: messageOf(failure) }, 'the broker heard no goodbye'),
    );
    await this.#client.endAsync(true);
  }

  #onConnect(): void {
    const { mqtt, log } = this.#options;
    if (this.#wasConnected !== true) log.info({ broker: mqtt.url }, 'the broker is there');
    this.#wasConnected = true;
    this.#attempt = 0;
    this.#told.clear();
    this.#client.subscribe(
      commandTopics.map((topic) => `${mqtt.topic}/${topic}`),
      { qos: 1 },
      (failure) => {
        if (failure !== null) log.error({ failure: messageOf(failure) }, 'the broker takes no commands for us');
      },
    );
    this.#keep(`${mqtt.topic}/available`, 'online');
    this.#introduce();
    this.#tell();
    this.#lookBack();
  }

  /** Hears for a moment what the broker keeps: what the configuration lost while the service was stopped is taken back. */
  #lookBack(): void {
    const filters = [...this.#keptTopics.filters];
    this.#client.subscribe(filters, { qos: 1 }, (failure) => {
      if (failure !== null)
        this.#options.log.warn({ failure: messageOf(failure) }, 'the broker does not say what it keeps of us');
    });
    if (this.#lookingBack !== null) clearTimeout(this.#lookingBack);
    this.#lookingBack = setTimeout(() => {
      this.#lookingBack = null;
      if (this.#client.connected) this.#client.unsubscribe(filters);
    }, KEPT_WITHIN_MS);
  }

  #onClose(why: string): void {
    const { mqtt, log } = this.#options;
    this.#attempt += 1;
    this.#client.options.reconnectPeriod = backoffMs(this.#attempt);
    if (this.#wasConnected === false || this.#closing !== null) return;
    this.#wasConnected = false;
    log.warn({ broker: mqtt.url, why }, 'the broker is not there; it is asked again and again');
  }

  readonly #gather = (): void => {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = null;
      this.#tell();
    }, GATHER_MS);
  };

  /** Tells what is not what the broker keeps. */
  #tell(): void {
    const { mqtt, engine } = this.#options;
    if (!this.#client.connected) return;
    const topics = [...stateTopics(engine)].map(([topic, value]): Topic => [`${mqtt.topic}/${topic}`, value]);
    for (const [topic, value] of topics) this.#keep(topic, value);
    this.#forgetOthers('state', topics);
  }

  /** Tells a home automation what there is: with every connection, and when the configuration has changed it. */
  readonly #introduce = (): void => {
    const { mqtt, engine } = this.#options;
    if (!this.#client.connected || mqtt.homeAssistant === null) return;
    const topics = [...discoveryTopics(engine, mqtt.homeAssistant, mqtt.topic)];
    for (const [topic, value] of topics) this.#keep(topic, value);
    this.#forgetOthers('introduction', topics);
  };

  #keep(topic: string, value: string): void {
    if (this.#told.get(topic) === value) return;
    this.#told.set(topic, value);
    this.#client.publish(topic, value, KEPT, (failure) => {
      // Told again with the next connection.
      if (failure !== undefined) this.#options.tally.count('mqtt', 'untold');
    });
  }

  /** An empty message makes the broker forget what it kept (MQTT 3.1.1, section 3.3.1.3). */
  #forgetOthers(what: 'state' | 'introduction', topics: readonly Topic[]): void {
    const present = new Set(topics.map(([topic]) => topic));
    for (const topic of this.#listed[what]) if (!present.has(topic)) this.#keep(topic, '');
    this.#listed[what] = present;
  }

  #onMessage(at: string, payload: Buffer, { retain }: IPublishPacket): void {
    const { mqtt, tally } = this.#options;
    if (this.#keptTopics.includes(at)) {
      if (retain && payload.length > 0 && !this.#told.has(at)) this.#keep(at, '');
      return;
    }
    const topic = at.slice(mqtt.topic.length + 1);
    // Kept by mistake, it would be obeyed again with every connection.
    const refusal = retain
      ? 'kept'
      : payload.length > MAXIMUM_BYTES
        ? 'oversized'
        : this.#budget.spend(1) > 0
          ? 'too-many'
          : null;
    if (refusal !== null) {
      tally.count('mqtt', refusal);
      return;
    }
    this.#give(topic, payload.toString('utf8')).catch((thrown: unknown) => this.#refuse(topic, thrown));
  }

  async #give(topic: string, payload: string): Promise<void> {
    const { mqtt, engine, desk } = this.#options;
    const asked = readMessage(topic, payload, engine);
    if ('lux' in asked) {
      demandRole(mqtt.role, 'operator');
      engine.observeLux(asked.lux);
      return;
    }
    const { command, data, ifRevision } = asked;
    const caller = {
      person: { name: 'mqtt', role: mqtt.role },
      via: 'mqtt',
      from: new URL(mqtt.url).hostname,
    } as const;
    await desk.give(command, data, caller, ifRevision);
  }

  #refuse(topic: string, thrown: unknown): void {
    const { mqtt, tally } = this.#options;
    const code = thrown instanceof GlasshallError ? thrown.code : 'failed';
    const parameters = thrown instanceof GlasshallError ? thrown.parameters : {};
    tally.count('mqtt', code);
    const words = JSON.stringify({ topic, code, message: messageOf(thrown), parameters });
    // Said once, to whoever listens now.
    if (this.#client.connected) this.#client.publish(`${mqtt.topic}/wall/1/refused`, words);
  }
}
