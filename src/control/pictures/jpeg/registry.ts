/**
 * JPEGs of moving pictures. Two encoders of one shape: the system's libyuv and libjpeg-turbo where they are installed, which
 * take a sixth to a tenth of the CPU, and sharp everywhere else.
 */
import type { JpegEncoder } from './encoder.js';
import { SharpEncoder } from './sharp-encoder.js';
import { TurboEncoder } from './turbo-encoder.js';

const sharp = new SharpEncoder();
const turbo = TurboEncoder.open();

/** All that work on this machine, the fastest first. */
export const jpegEncoders: readonly JpegEncoder[] = turbo === null ? [sharp] : [turbo, sharp];

/** The fastest that works on this machine. */
export const jpegEncoder: JpegEncoder = turbo ?? sharp;
