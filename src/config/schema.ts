import { z } from 'zod';
import { auditOptions } from '../audit/options.js';
import { scheduleOptions, tourOptions } from '../automation/options.js';
import { brightnessOptions } from '../brightness/options.js';
import { cameraOptions } from '../camera/options.js';
import { controlOptions } from '../control/options.js';
import { controllerOptions } from '../controller/options.js';
import { countOptions } from '../counts/options.js';
import { layoutOptions } from '../layout/options.js';
import { outputOptions } from '../output/options.js';
import { boardOptions } from '../source/board/options.js';
import { imageOptions } from '../source/image/options.js';
import { tickerOptions } from '../ticker/options.js';
import { wallOptions } from '../wall/options.js';

/** The whole configuration file. Each part's options live beside the code that uses them. */
export const configurationSchema = z.strictObject({
  wall: wallOptions,
  cameras: z.array(cameraOptions).min(1).max(256),
  layouts: z.array(layoutOptions).min(1).max(128),
  tours: z.array(tourOptions).max(64).default([]),
  schedule: scheduleOptions.optional(),
  counts: z.array(countOptions).max(64).default([]),
  ticker: tickerOptions.optional(),
  boards: z.array(boardOptions).max(64).default([]),
  images: z.array(imageOptions).max(64).default([]),
  outputs: z.array(outputOptions).min(1).max(64),
  brightness: brightnessOptions.prefault({}),
  controllers: z.array(controllerOptions).max(32).default([]),
  control: controlOptions.default({ operators: [], origins: [] }),
  audit: auditOptions.prefault({}),
});

/** A configuration, checked, with defaults filled in. */
export type Configuration = z.output<typeof configurationSchema>;
