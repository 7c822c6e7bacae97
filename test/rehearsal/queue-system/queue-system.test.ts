import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { silentLogger } from '../../../src/core/logger.js';
import { QueueSystem } from '../../../src/rehearsal/queue-system/queue-system.js';

/** The fields of FIWARE's `QueueMonitor` with the types of its schema, and the hall's own three. */
const queueMonitor = z.object({
  id: z.string().regex(/^urn:ngsi-ld:QueueMonitor:/),
  type: z.literal('QueueMonitor'),
  dateModified: z.iso.datetime(),
  officeName: z.string(),
  serviceName: z.string(),
  serviceId: z.string(),
  serviceStatus: z.enum(['Open', 'Suspended', 'Closed']),
  queueLine: z.string(),
  linePriority: z.int(),
  lastTicketIssued: z.int(),
  lastTicketIssuedLabel: z.string().regex(/^[A-Z]\d{3}$/),
  ticketServed: z.int(),
  ticketServedLabel: z.string().regex(/^[A-Z]\d{3}$/),
  ticketsToServe: z.int().min(0),
  servedToday: z.int().min(0),
  servedThisMonth: z.int().min(0),
  averageWaitMinutes: z.int().min(1),
});

let nowMs: number;
let system: QueueSystem;

beforeEach(async () => {
  nowMs = new Date(2024, 5, 7, 10, 0, 0).getTime();
  system = await QueueSystem.start({ port: 0, log: silentLogger, seed: 1, clock: () => nowMs });
});

afterEach(() => system.close());

async function ask(): Promise<z.output<typeof queueMonitor>> {
  return queueMonitor.parse(await (await fetch(system.url)).json());
}

describe('the simulated queue system', () => {
  it('answers JSON in the shape of QueueMonitor', async () => {
    const response = await fetch(system.url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    queueMonitor.parse(await response.json());
  });

  it('goes on with the clock', async () => {
    const before = await ask();
    nowMs += 60_000;
    const after = await ask();
    expect(after.servedToday).toBeGreaterThan(before.servedToday);
    expect(after.lastTicketIssued).toBeGreaterThan(before.lastTicketIssued);
    expect(after.dateModified > before.dateModified).toBe(true);
  });

  it('knows one path and reading only', async () => {
    expect((await fetch(new URL('/else', system.url))).status).toBe(404);
    expect((await fetch(system.url, { method: 'POST', body: '{}' })).status).toBe(405);
  });

  it('fails with a status when told to, and recovers', async () => {
    system.fault({ kind: 'fail', status: 503 });
    expect((await fetch(system.url)).status).toBe(503);
    system.fault({ kind: 'none' });
    await ask();
  });

  it('freezes: answers, but does not change', async () => {
    system.fault({ kind: 'freeze' });
    const before = await ask();
    nowMs += 600_000;
    expect(await ask()).toEqual(before);
    system.fault({ kind: 'none' });
    expect((await ask()).servedToday).toBeGreaterThan(before.servedToday);
  });

  it('answers garbage that is no JSON', async () => {
    system.fault({ kind: 'garbage' });
    const response = await fetch(system.url);
    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  it('hangs until it is told otherwise; then hanging requests are cut off', async () => {
    system.fault({ kind: 'hang' });
    const hanging = fetch(system.url).then(
      () => 'answered',
      () => 'cut off',
    );
    const patience = new Promise((resolve) => setTimeout(resolve, 300, 'waiting'));
    expect(await Promise.race([hanging, patience])).toBe('waiting');
    system.fault({ kind: 'none' });
    expect(await hanging).toBe('cut off');
    await ask();
  });

  it('has other types where numbers belong', async () => {
    system.fault({ kind: 'wrong-type' });
    const answer = (await (await fetch(system.url)).json()) as Record<string, unknown>;
    expect(answer).toMatchObject({ type: 'QueueMonitor', ticketsToServe: ['many'], ticketServed: {} });
    expect(queueMonitor.safeParse(answer).success).toBe(false);
  });

  it('trickles: the answer begins and does not come to its end', async () => {
    system.fault({ kind: 'slow' });
    const response = await fetch(system.url);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(Buffer.from(first?.value ?? []).toString()).toBe('{');
    const rest = reader?.read().then(() => reader.read());
    rest?.catch(() => undefined);
    system.fault({ kind: 'none' });
    await expect(rest).rejects.toThrow();
  });

  it('floods: the answer has no end, for as long as somebody reads it', async () => {
    system.fault({ kind: 'huge' });
    const reader = (await fetch(system.url)).body?.getReader();
    let bytes = 0;
    while (bytes < 20_000_000) bytes += (await reader?.read())?.value?.length ?? 0;
    await reader?.cancel();
    system.fault({ kind: 'none' });
    await ask();
  });

  it('closes twice, with requests hanging', async () => {
    system.fault({ kind: 'hang' });
    const hanging = fetch(system.url).catch(() => 'cut off');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await Promise.all([system.close(), system.close()]);
    expect(await hanging).toBe('cut off');
  });
});
