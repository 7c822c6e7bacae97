import type { OutputType } from '../../../src/output/options.js';
import type { ExampleSetUp, LeftOut } from './example.js';
import { UdpCounter } from './udp-counter.js';

const HOST = '127.0.0.1';

/** An example of every driver, on loopback: a type without one does not compile. */
export const examples: { readonly [Type in OutputType]: ExampleSetUp<Type> } = {
  ddp: async () => {
    const receiver = await UdpCounter.start();
    return { options: { id: 'ddp', type: 'ddp', host: HOST, port: receiver.port }, receiver };
  },
  artnet: async () => {
    const receiver = await UdpCounter.start();
    const options = { id: 'artnet', type: 'artnet', host: HOST, port: receiver.port, interface: HOST } as const;
    return { options, receiver };
  },
  sacn: async () => {
    const receiver = await UdpCounter.start();
    return { options: { id: 'sacn', type: 'sacn', host: HOST, port: receiver.port, interface: HOST }, receiver };
  },
  rfc4175: async () => {
    const receiver = await UdpCounter.start();
    return { options: { id: 'rfc4175', type: 'rfc4175', host: HOST, port: receiver.port }, receiver };
  },
  'flaschen-taschen': async () => {
    const receiver = await UdpCounter.start();
    const options = { id: 'flaschen-taschen', type: 'flaschen-taschen', host: HOST, port: receiver.port } as const;
    return { options, receiver };
  },
  // The encoder works also while nobody watches.
  rtsp: () => Promise.resolve({ options: { id: 'rtsp', type: 'rtsp', host: HOST, port: 18_554 }, receiver: null }),
  stream: async () => {
    const receiver = await UdpCounter.start();
    return { options: { id: 'stream', type: 'stream', url: `udp://${HOST}:${receiver.port}` }, receiver };
  },
  colorlight: () => leftOut('needs a network port of its own, and the right to send raw Ethernet'),
  recorder: () => leftOut('encodes as stream does, and what it adds is the disk'),
  file: () => leftOut('writes pictures for tests, at no rate that anybody waits for'),
};

function leftOut(reason: string): Promise<LeftOut> {
  return Promise.resolve({ leftOut: reason });
}
