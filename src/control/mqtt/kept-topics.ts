import { introductionFilter } from './home-assistant.js';

/** Below the base: one topic for each camera, count source and output there is. */
const LISTED = ['camera/+/state', 'count/+/state', 'output/+/state'];

/** Topics of things that come and go, at which the broker may still keep what went while nobody was here to take it back. */
export class KeptTopics {
  /** To subscribe to (MQTT 3.1.1, section 4.7). */
  readonly filters: readonly string[];
  readonly #patterns: readonly RegExp[];

  constructor(base: string, homeAssistant: string | null) {
    const introduced = homeAssistant === null ? [] : [introductionFilter(homeAssistant, base)];
    this.filters = [...LISTED.map((filter) => `${base}/${filter}`), ...introduced];
    // Names of topics have letters, digits, - and _ only: nothing in them means something else here.
    this.#patterns = this.filters.map((filter) => new RegExp(`^${filter.replaceAll('+', '[^/]+')}$`));
  }

  includes(topic: string): boolean {
    return this.#patterns.some((pattern) => pattern.test(topic));
  }
}
