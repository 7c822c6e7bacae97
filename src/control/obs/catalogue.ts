import type { Layout } from '../../layout/layout.js';
import type { SourceKind } from '../../layout/sources.js';
import { cellsNow, type CellNow } from '../cells.js';
import type { TileStatus, WallEngine } from '../engine.js';
import { stableUuid } from './uuid.js';

/** A layout as obs-websocket clients know it. */
export type Scene = { readonly name: string; readonly uuid: string; readonly layout: Layout };

/** A camera, a board, an image, the ticker or the clock as obs-websocket clients know it. */
export type Input = {
  readonly name: string;
  readonly uuid: string;
  /** Source id as in the configuration. */
  readonly source: string;
  /** A kind that clients know how to treat: cameras play media, the ticker is text. */
  readonly kind: string;
  readonly unversionedKind: string;
  readonly tile: TileStatus | null;
};

/** A cell as obs-websocket clients know it, as it is now. `id` counts from 1 in the order of the configuration. */
export type SceneItem = CellNow & { readonly id: number };

export type SceneEntry = { readonly sceneIndex: number; readonly sceneName: string; readonly sceneUuid: string };

export const inputKinds = {
  camera: { kind: 'ffmpeg_source', unversionedKind: 'ffmpeg_source' },
  ticker: { kind: 'text_ft2_source_v2', unversionedKind: 'text_ft2_source' },
  clock: { kind: 'glasshall_clock', unversionedKind: 'glasshall_clock' },
  board: { kind: 'glasshall_board', unversionedKind: 'glasshall_board' },
  image: { kind: 'image_source', unversionedKind: 'image_source' },
} as const satisfies Readonly<Record<SourceKind, object>>;

/** Translates between the wall's ids and OBS's names, UUIDs and numbers. Asks the engine each time: nothing here can be stale. */
export class Catalogue {
  readonly #engine: WallEngine;

  constructor(engine: WallEngine) {
    this.#engine = engine;
  }

  /** In configured order. */
  scenes(): readonly Scene[] {
    return this.#engine.layouts().map(sceneOf);
  }

  /** Scenes as lists give them: OBS counts from the bottom of its list, and clients turn it round to show it. */
  sceneEntries(): readonly SceneEntry[] {
    return this.scenes()
      .toReversed()
      .map((scene, sceneIndex) => ({ sceneIndex, sceneName: scene.name, sceneUuid: scene.uuid }));
  }

  /** The scene of a layout id, or null. */
  sceneOfLayout(layoutId: string): Scene | null {
    const layout = this.#engine.layouts().find((candidate) => candidate.id === layoutId);
    return layout === undefined ? null : sceneOf(layout);
  }

  /** What is on air, and what is being prepared (null while studio mode is off). */
  program(): Scene | null {
    return this.sceneOfLayout(this.#engine.state().program);
  }

  preview(): Scene | null {
    const state = this.#engine.state();
    return state.studioMode ? this.sceneOfLayout(state.preview) : null;
  }

  /** Cameras in configured order, then boards and images, then the ticker and the clock. Names are unique among scenes and inputs, as in OBS. */
  inputs(): readonly Input[] {
    const tiles = this.#engine.tiles();
    const others = this.#engine.otherSources();
    const taken = new Map<string, number>();
    const names = [...this.#engine.layouts(), ...tiles].map(({ name }) => name);
    for (const name of [...names, ...others.map((other) => other.name ?? other.id)]) {
      taken.set(name, (taken.get(name) ?? 0) + 1);
    }
    const input = (source: string, wanted: string, kind: SourceKind, tile: TileStatus | null): Input => {
      // The ticker and the clock keep their names, which scripts know.
      const isOwn = wanted === source || taken.get(wanted) === 1;
      const name = isOwn ? wanted : `${wanted} (${source})`;
      return { name, uuid: stableUuid('source', source), source, ...inputKinds[kind], tile };
    };
    return [
      ...tiles.map((tile) => input(tile.camera, tile.name, 'camera', tile)),
      ...others.map(({ id, kind, name }) => input(id, name ?? id, kind, null)),
    ];
  }

  /** The cells of a layout, lowest first, with what the operators changed. */
  items(layout: Layout): readonly SceneItem[] {
    return cellsNow(layout, this.#engine.state()).map((item, index) => ({ id: index + 1, ...item }));
  }

  /** The name under which clients know a source id. */
  inputName(source: string): string {
    return this.inputs().find((input) => input.source === source)?.name ?? source;
  }
}

function sceneOf(layout: Layout): Scene {
  return { name: layout.name, uuid: stableUuid('layout', layout.id), layout };
}
