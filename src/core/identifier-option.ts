import { z } from 'zod';
import { IDENTIFIER } from './identifier.js';

/** The id of something in the configuration. */
export const identifier = z.string().regex(IDENTIFIER, 'lower-case letters, digits and hyphens');
