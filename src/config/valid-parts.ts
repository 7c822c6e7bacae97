import { z } from 'zod';
import { scheduleOptions, tourOptions, type ScheduleOptions, type TourOptions } from '../automation/options.js';
import type { Size } from '../core/geometry.js';
import { brightnessOptions, type BrightnessOptions } from '../brightness/options.js';
import { cameraOptions, type CameraOptions } from '../camera/options.js';
import { controlOptions, type ControlOptions } from '../control/options.js';
import { controllerOptions, type ControllerOptions } from '../controller/options.js';
import { countOptions, type CountOptions } from '../counts/options.js';
import { layoutOptions, type LayoutOptions } from '../layout/options.js';
import { outputOptions, type OutputOptions } from '../output/options.js';
import { sourceKinds, type SourceKind } from '../layout/sources.js';
import { boardOptions, type BoardOptions } from '../source/board/options.js';
import { imageOptions, type ImageOptions } from '../source/image/options.js';
import { tickerOptions } from '../ticker/options.js';
import { wallOptions } from '../wall/options.js';

/**
 * What is sound in a configuration, even when other parts are not: so that one look at a file finds everything that is wrong with it.
 * Entries of lists keep their index; an unsound one is null.
 */
export type ValidParts = {
  /** The wall's size, whatever else is said of the wall. */
  readonly wall: Size | null;
  readonly cameras: readonly (CameraOptions | null)[];
  readonly layouts: readonly (LayoutOptions | null)[];
  readonly tours: readonly (TourOptions | null)[];
  readonly schedule: ScheduleOptions | null;
  readonly counts: readonly (CountOptions | null)[];
  readonly tickerText: string | null;
  /** Whether a ticker was written at all, sound or not. */
  readonly tickerWritten: boolean;
  readonly boards: readonly (BoardOptions | null)[];
  readonly images: readonly (ImageOptions | null)[];
  readonly outputs: readonly (OutputOptions | null)[];
  readonly brightness: BrightnessOptions | null;
  readonly controllers: readonly (ControllerOptions | null)[];
  readonly control: ControlOptions | null;
  /** The kind of every source that was written, by its id, also of those that are unsound otherwise. */
  readonly sources: ReadonlyMap<string, SourceKind>;
  /** Every layout id that was written. */
  readonly layoutIds: ReadonlySet<string>;
  /** Every tour id that was written. */
  readonly tourIds: ReadonlySet<string>;
  /** Every count id that was written. */
  readonly countIds: ReadonlySet<string>;
  /** Every output id that was written. */
  readonly outputIds: ReadonlySet<string>;
};

/** Reads each part of a configuration by itself. */
export function validParts(value: unknown): ValidParts {
  const top = asRecord(value);
  return {
    wall: sizeOf(top['wall']),
    cameras: parseList(cameraOptions, top['cameras']),
    layouts: parseList(layoutOptions, top['layouts']),
    tours: parseList(tourOptions, top['tours']),
    schedule: parse(scheduleOptions, top['schedule']),
    counts: parseList(countOptions, top['counts']),
    tickerText: parse(tickerOptions.shape.text, asRecord(top['ticker'])['text']),
    tickerWritten: top['ticker'] !== undefined,
    boards: parseList(boardOptions, top['boards']),
    images: parseList(imageOptions, top['images']),
    outputs: parseList(outputOptions, top['outputs']),
    brightness: parse(brightnessOptions, top['brightness'] ?? {}),
    controllers: parseList(controllerOptions, top['controllers']),
    control: parse(controlOptions, top['control']),
    sources: writtenSources(top),
    layoutIds: writtenIds(top['layouts']),
    tourIds: writtenIds(top['tours']),
    countIds: writtenIds(top['counts']),
    outputIds: writtenIds(top['outputs']),
  };
}

const writtenSize = z.object({ width: wallOptions.shape.width, height: wallOptions.shape.height });

function sizeOf(wall: unknown): Size | null {
  const size = parse(writtenSize, wall);
  return size === null ? null : { widthPx: size.width, heightPx: size.height };
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> | null {
  const result = schema.safeParse(value);
  return result.success ? result.data : null;
}

function parseList<Schema extends z.ZodType>(schema: Schema, value: unknown): (z.output<Schema> | null)[] {
  return Array.isArray(value) ? value.map((item: unknown) => parse(schema, item)) : [];
}

function writtenIds(list: unknown): Set<string> {
  if (!Array.isArray(list)) return new Set();
  return new Set(list.map((item: unknown) => asRecord(item)['id']).filter((id) => typeof id === 'string'));
}

function writtenSources(top: Readonly<Record<string, unknown>>): Map<string, SourceKind> {
  const kinds = Object.keys(sourceKinds) as SourceKind[];
  return new Map(
    kinds.flatMap((kind) => {
      const { list } = sourceKinds[kind];
      return list === null ? [] : [...writtenIds(top[list])].map((id): [string, SourceKind] => [id, kind]);
    }),
  );
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
