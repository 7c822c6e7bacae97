import type { ControllerStatus } from '../../controller/controller-watch.js';
import type { BrightnessReport, ServiceStatus, WallEngine } from '../engine.js';
import type { VendorEvent } from '../vendor.js';
import { Catalogue } from './catalogue.js';

/** The whole wall as `GetWall` and `WallChanged` give it. */
export function wallFields(engine: WallEngine): VendorEvent<'WallChanged'> {
  const state = engine.state();
  const undoable = engine.undoable();
  const { ticks, missedTicks, ticksPerSecond, ticking, startedAtMs } = engine.statistics();
  const { name, widthPx, heightPx, framesPerSecond, rehearsal } = engine.wall;
  const catalogue = new Catalogue(engine);
  return {
    wall: { name, widthPx, heightPx, framesPerSecond, rehearsal },
    revision: state.revision,
    studioMode: state.studioMode,
    program: state.program,
    preview: state.preview,
    layouts: engine.layouts().map((layout) => ({
      id: layout.id,
      name: layout.name,
      cells: catalogue.items(layout).map(({ cell, source, enabled }) => ({
        id: cell.id,
        source,
        enabled,
        rectangle: { ...cell.rectangle },
        z: cell.z,
        fit: cell.fit,
      })),
    })),
    tickerText: state.tickerText,
    transition: state.transition,
    fadeMs: state.fadeMs,
    blackout: state.blackout,
    brightness: state.brightness,
    freeze: state.freeze,
    automation: { ...state.automation },
    undo: undoable === null ? null : { command: undoable.command, by: undoable.actor.name },
    statistics: { ticks, missedTicks, ticksPerSecond, ticking, startedAtMs },
  };
}

/** How bright the wall is and why, as `GetBrightness` and `BrightnessChanged` give it. */
export function brightnessFields(report: BrightnessReport): VendorEvent<'BrightnessChanged'> {
  const { ceiling, light, outputs, ...rest } = report;
  return {
    ...rest,
    light: light === null ? null : { ...light },
    ceiling: {
      ...ceiling,
      source: ceiling.source === null ? null : { ...ceiling.source },
      computation: ceiling.computation.map((step) => ({ ...step })),
    },
    outputs: outputs.map((output) => ({ ...output })),
  };
}

/** A controller as `GetControllers` and `ControllerChanged` give it. */
export function controllerFields(status: ControllerStatus): VendorEvent<'ControllerChanged'> {
  return { ...status, outputs: [...status.outputs], alarms: [...status.alarms] };
}

/** How the service is, as `GetService` and `ServiceChanged` give it. */
export function serviceFields({ configuration, state, guardian }: ServiceStatus): VendorEvent<'ServiceChanged'> {
  const problems = configuration.problems.map((problem) => ({ ...problem }));
  return { configuration: { ...configuration, problems }, state: { ...state }, guardian };
}
