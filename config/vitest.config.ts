import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Whole services with cameras, screen and browsers: one file at a time, with the machine to itself. */
const ALONE = 'test/end-to-end/**/*.test.ts';

/** Real ffmpeg, sockets and browsers need room: files run two at a time at the most, with generous limits and no asserted times. */
// eslint-disable-next-line no-restricted-exports -- Vitest reads the default export of its configuration file.
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Real processes on two shared cores: one more try in CI, where nobody is there to look; none at the desk.
    retry: process.env['CI'] === undefined ? 0 : 1,
    expect: { poll: { timeout: 15_000 } },
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: [ALONE],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'whole', include: [ALONE], maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
