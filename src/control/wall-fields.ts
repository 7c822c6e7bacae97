import type { ControllerStatus } from '../controller/controller-watch.js';
import { fullScreenCamera } from '../layout/full-screen.js';
import { cellsNow } from './cells.js';
import type { BrightnessReport, ServiceStatus, WallEngine } from './engine.js';
import type { TestPatternStatus } from './test-pattern-desk.js';
import type { VendorEvent, VendorResponse } from './vendor.js';

/** The whole wall as `GetWall` and `WallChanged` give it. */
export function wallFields(engine: WallEngine): VendorEvent<'WallChanged'> {
  const state = engine.state();
  const undoable = engine.undoable();
  const { automation } = engine;
  const { ticks, missedTicks, ticksPerSecond, ticking, startedAtMs } = engine.statistics();
  const { name, widthPx, heightPx, framesPerSecond, timeZone, rehearsal } = engine.wall;
  return {
    wall: { name, widthPx, heightPx, framesPerSecond, timeZone, rehearsal },
    revision: state.revision,
    studioMode: state.studioMode,
    program: state.program,
    preview: state.preview,
    layouts: engine.layouts().map((layout) => ({
      id: layout.id,
      name: layout.name,
      fullScreenOf: fullScreenCamera(layout.id),
      cells: cellsNow(layout, state).map(({ cell, source, enabled }) => ({
        id: cell.id,
        source,
        enabled,
        rectangle: { ...cell.rectangle },
        z: cell.z,
        fit: cell.fit,
      })),
    })),
    sources: engine.otherSources().map((source) => ({ ...source })),
    tickerText: state.tickerText,
    urgentMessage: state.urgentMessage === null ? null : { ...state.urgentMessage },
    transition: state.transition,
    fadeMs: state.fadeMs,
    blackout: state.blackout,
    blackoutReason: state.blackoutReason,
    brightness: state.brightness,
    freeze: state.freeze,
    freezeReason: state.freezeReason,
    testPattern: testPatternFields(engine.testPatterns.current()),
    automation: { ...state.automation },
    tours: automation.plan.tours.map(({ id, name, stops }) => ({
      id,
      name,
      stops: stops.map(({ layout, dwell: dwellMs }) => ({ layout, dwellMs })),
    })),
    agenda: automation.status(),
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

function testPatternFields(status: TestPatternStatus | null): VendorEvent<'WallChanged'>['testPattern'] {
  if (status === null) return null;
  const { target, area, coveredCells, coveredCameras } = status;
  const copies = { target: { ...target }, area: { ...area }, coveredCells: [...coveredCells] };
  return { ...status, ...copies, coveredCameras: [...coveredCameras] };
}

/** How the service is, as `GetService` and `ServiceChanged` give it. */
export function serviceFields({ configuration, state, guardian }: ServiceStatus): VendorEvent<'ServiceChanged'> {
  const problems = configuration.problems.map((problem) => ({ ...problem }));
  return { configuration: { ...configuration, problems }, state: { ...state }, guardian };
}

/** A day of the schedule, as `GetSchedule` gives it. */
export function scheduleFields(engine: WallEngine, date: string | null): VendorResponse<'GetSchedule'> {
  const day = engine.automation.day(date);
  if (day === null) return { day };
  const { workingDay, entries } = day;
  return { day: { ...day, workingDay: { ...workingDay, open: [...workingDay.open] }, entries: [...entries] } };
}
