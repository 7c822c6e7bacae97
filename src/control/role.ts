import { z } from 'zod';

/** What a person may do: look; only hide; operate; everything. */
export const role = z.enum(['viewer', 'guard', 'operator', 'admin']);
export type Role = z.output<typeof role>;
