import { expect, it } from 'vitest';
import { allocateShared } from '../../src/core/shared-memory.js';

const BYTES = 64 * 1024 * 1024;

it('shared memory is counted by the garbage collector, and takes none of the kernel before it is used', () => {
  const before = process.memoryUsage();
  const memory = allocateShared(BYTES);
  const after = process.memoryUsage();
  expect(memory.byteLength).toBe(BYTES);
  expect(after.external - before.external).toBeGreaterThanOrEqual(BYTES);
  expect(after.rss - before.rss).toBeLessThan(BYTES / 4);
});
