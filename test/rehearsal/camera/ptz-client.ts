import { Cam } from 'onvif';
import type { HallCamera } from '../../../src/rehearsal/camera/camera-hall.js';

type Vector = { readonly x: number; readonly y: number; readonly zoom: number };

/** The parts of the npm client `onvif` that turn a camera. */
type Client = {
  getStatus(options: object, done: (failure: Error | null, status: { position: Vector }) => void): void;
  continuousMove(options: Partial<Vector> & { timeout?: number }, done: (failure: Error | null) => void): void;
  stop(options: object, done: (failure: Error | null) => void): void;
  absoluteMove(options: Vector, done: (failure: Error | null) => void): void;
  setPreset(options: { presetName: string }, done: (failure: Error | null) => void): void;
  getPresets(
    options: object,
    done: (failure: Error | null, presets: Record<string, { $: { token: unknown } }>) => void,
  ): void;
  gotoPreset(options: { preset: string }, done: (failure: Error | null) => void): void;
  removePreset(options: { presetToken: string }, done: (failure: Error | null) => void): void;
  gotoHomePosition(options: object, done: (failure: Error | null) => void): void;
};

/** A client of the PTZ service that we did not write. */
export class PtzClient {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  static connect({ onvifAddress, username, password }: HallCamera): Promise<PtzClient> {
    const [hostname = '', port] = onvifAddress.split(':');
    return new Promise((resolve, reject) => {
      const options = { hostname, port: Number(port), username, password, timeout: 5_000 };
      const client = new Cam(options, (failure: Error | null | undefined) => {
        if (failure === null || failure === undefined) resolve(new PtzClient(client));
        else reject(failure);
      });
    });
  }

  async position(): Promise<Vector> {
    return (await ask<{ position: Vector }>((done) => this.#client.getStatus({}, done))).position;
  }

  /** How far it turns and zooms within a moment; 0 when it stands still. */
  async turning(): Promise<number> {
    const before = await this.position();
    await new Promise((resolve) => setTimeout(resolve, 250));
    const after = await this.position();
    return Math.abs(after.x - before.x) + Math.abs(after.y - before.y) + Math.abs(after.zoom - before.zoom);
  }

  move(velocity: Partial<Vector> & { timeout?: number }): Promise<void> {
    return ask((done) => this.#client.continuousMove(velocity, done));
  }

  stop(): Promise<void> {
    return ask((done) => this.#client.stop({}, done));
  }

  goTo(position: Vector): Promise<void> {
    return ask((done) => this.#client.absoluteMove(position, done));
  }

  goHome(): Promise<void> {
    return ask((done) => this.#client.gotoHomePosition({}, done));
  }

  save(presetName: string): Promise<void> {
    return ask((done) => this.#client.setPreset({ presetName }, done));
  }

  /** Name to token. */
  async presets(): Promise<Record<string, string>> {
    const presets = await ask<Parameters<Parameters<Client['getPresets']>[1]>[1]>((done) =>
      this.#client.getPresets({}, done),
    );
    return Object.fromEntries(Object.entries(presets).map(([name, { $ }]) => [name, String($.token)]));
  }

  recall(preset: string): Promise<void> {
    return ask((done) => this.#client.gotoPreset({ preset }, done));
  }

  remove(presetToken: string): Promise<void> {
    return ask((done) => this.#client.removePreset({ presetToken }, done));
  }
}

function ask<T>(call: (done: (failure: Error | null, value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((failure, value) => (failure ? reject(failure) : resolve(value)));
  });
}
