import type { EventEmitter } from 'node:events';
import type { EngineEvents } from '../control/engine.js';
import type { OutputOptions } from '../output/options.js';
import type { EngineParts } from './engine-parts.js';
import { outputStatus } from './output-status.js';

/** What the relay asks of the engine. */
export type RelayOptions = {
  /** The outputs as they are configured now. */
  readonly outputs: () => readonly OutputOptions[];
  /** Something may have changed about what cameras show. */
  readonly reportTiles: () => void;
};

/** Connects the running parts with one another, and tells the engine's listeners what happens in them. */
export function relayEvents(
  {
    wall,
    cameras,
    controllers,
    counts,
    ticker,
    painted,
    director,
    conductor,
    testPatterns,
  }: Omit<EngineParts, 'outputs'>,
  engine: EventEmitter<EngineEvents>,
  { outputs, reportTiles }: RelayOptions,
): void {
  for (const reading of counts.readings()) ticker.setCount(reading);
  counts.on('reading', (reading) => {
    ticker.setCount(reading);
    painted.countsChanged();
    engine.emit('count', reading);
  });
  ticker.on('update', (update) => wall.ticker(update));
  painted.on('changed', (source) => director.sourceChanged(source));
  cameras.on('status', (status) => {
    director.sourceChanged(status.camera);
    reportTiles();
  });
  cameras.on('picture', (camera) => {
    director.sourceChanged(camera);
    reportTiles();
  });
  director.on('taken', (take) => {
    reportTiles();
    if (take.from !== take.to) engine.emit('taken', take);
  });
  conductor.on('changed', () => engine.emit('automation'));
  testPatterns.on('changed', (actor) => engine.emit('testPattern', testPatterns.current(), actor));
  // A picture can stop without a word from its camera.
  wall.on('report', reportTiles);
  controllers.on('status', (status) => engine.emit('controller', status));
  wall.on('outputChanged', (output) => engine.emit('output', outputStatus(output, outputs())));
}
