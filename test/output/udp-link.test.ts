import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { UdpLink } from '../../src/output/udp-link.js';
import { DdpDisplay } from './ddp-display.js';
import { closedPort } from './pictures.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

async function link(host: string, port: number): Promise<UdpLink> {
  const made = new UdpLink({ host, port, sendBufferBytes: 100_000 });
  opened.push(made);
  await made.start();
  return made;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('UDP link', () => {
  it('learns what only the call to send says, and counts every one from then on', async () => {
    const display = await DdpDisplay.open(10);
    opened.push(display);
    const made = await link('127.0.0.1', display.port);
    // Longer than any UDP datagram can be (65,507 bytes of payload over IPv4).
    const tooLong = new Uint8Array(65_508);
    for (let count = 0; count < 7; count += 1) made.send(tooLong);
    await turn();
    expect(made.takeFailed()).toBe(1);
    expect(made.takeProblem()).toBe('packet-too-long');
    for (let count = 0; count < 5; count += 1) made.send(tooLong);
    await turn();
    expect(made.takeFailed()).toBe(5);
    made.takeProblem();
    expect(made.takeProblem()).toBeNull();
  });

  it('learns of a refusal that comes back over the network', async () => {
    const made = await link('127.0.0.1', await closedPort());
    made.send(new Uint8Array(10));
    for (let round = 0; round < 100 && made.takeFailed() === 0; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(made.takeProblem()).toBe('refused');
  });

  it('keeps the reason while there is no socket, counts what could not be sent, and closes in the middle of it', async () => {
    const made = await link('255.255.255.255', 9);
    expect(made.isOpen).toBe(false);
    expect(made.isBusy()).toBe(false);
    made.send(new Uint8Array(10));
    expect(made.takeFailed()).toBe(1);
    expect(made.takeProblem()).toBe('forbidden');
    expect(made.takeProblem()).toBe('forbidden');
    await Promise.all([made.close(), made.close()]);
    made.send(new Uint8Array(10));
    expect(made.takeFailed()).toBe(1);
  });

  const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ address }) => address === '::1'),
  );
  it.skipIf(!hasIpv6)('speaks IPv6 too', async () => {
    const made = await link('::1', 9);
    expect(made.isOpen).toBe(true);
  });
});
