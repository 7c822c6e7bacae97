import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { allFaults } from '../../scripts/bench/faults/all-faults.js';
import type { Fault } from '../../scripts/bench/faults/fault.js';
import { FaultHall } from '../../scripts/bench/faults/fault-hall.js';
import { runFault } from '../../scripts/bench/faults/run-fault.js';
import { usageOfTree } from '../../scripts/bench/process-tree.js';
import { commandOf, descendantsOf, stillRunning } from '../end-to-end/service-process.js';
import { eventually } from '../eventually.js';

const START_LIMIT_MS = 240_000;
/** Until it is seen that all is well, the fault itself, and until all is well again: each has a limit of its own. */
const FAULT_LIMIT_MS = 180_000;
const STEADY_MS = 1_500;
/** Fewer than faults are made: one that leaves a single descriptor behind every time is found. */
const DESCRIPTOR_SLACK = 10;

const quickFaults = allFaults.filter(({ isQuick }) => isQuick === true);

/**
 * The quick ones of the benchmark's faults, on one hall that goes on from each to the next. Whether the wall missed a
 * tick, and whether other tiles stood still for a second, is measured by the benchmark alone: here other tests take the
 * processor away from the wall and from its cameras. Here ticks have to go on, and no other tile may have a slate.
 */
describe('a wall', () => {
  /** Command lines of processes, by their ids. */
  const started = new Map<number, string>();
  let hall: FaultHall;
  let descriptorsBefore: number;

  beforeAll(async () => {
    hall = await FaultHall.start(() => undefined);
    await eventually(() => expect(hall.tiles.areMoving(STEADY_MS)).toBe(true), { timeout: START_LIMIT_MS });
    descriptorsBefore = usageOfTree(hall.wall.pid).descriptors;
  }, START_LIMIT_MS);

  afterEach(() => {
    for (const pid of descendantsOf(process.pid)) started.set(pid, commandOf(pid));
  });

  afterAll(() => hall.close());

  it.for(quickFaults.map((fault) => [titleOf(fault), fault] as const))(
    'lives through: %s',
    { timeout: FAULT_LIMIT_MS },
    async ([, fault], { skip }) => {
      skip(fault.needs?.isMet(hall) === false, `needs ${fault.needs?.name ?? ''}`);
      const row = await runFault(hall, fault);
      expect(row.isWell, row.note ?? '').toBe(true);
      expect(row.othersOnSlate).toEqual([]);
      if (fault.expectsSlate) expect(row.slateAfterMs).not.toBeNull();
      if (fault.endsEngine === true) return;
      expect(row.ticks).toBeGreaterThan(0);
      if (fault.mayDamage !== true) expect(row.damagedMs).toBe(0);
    },
  );

  it('holds no more descriptors than before all that', async () => {
    await eventually(
      () => expect(usageOfTree(hall.wall.pid).descriptors).toBeLessThanOrEqual(descriptorsBefore + DESCRIPTOR_SLACK),
      { timeout: 30_000 },
    );
  }, 60_000);

  it('leaves no process behind', async () => {
    await hall.close();
    expect(started.size).toBeGreaterThan(0);
    const left = await stillRunning([...started.keys()], 30_000);
    // The number of a process that has ended may be another's by now.
    expect(left.map(commandOf).filter((command) => [...started.values()].includes(command))).toEqual([]);
  }, 90_000);
});

function titleOf({ name, needs }: Fault): string {
  return needs === undefined ? name : `${name} (needs ${needs.name})`;
}
