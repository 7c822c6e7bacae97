import { createSocket, type Socket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { controllerOptions } from '../../src/controller/options.js';
import { controllerModules } from '../../src/controller/registry.js';
import { CloseStack } from '../../src/core/closing.js';

/** An address of this machine at which no other test has a controller: they listen at fixed ports. */
const HOST = '127.52.0.1';

let closing = new CloseStack();
afterEach(async () => {
  await closing.close();
  closing = new CloseStack();
});

/** Hears questions at a fixed port. */
async function device(
  port: number,
  answer: (question: Buffer, reply: (bytes: Uint8Array) => void) => void,
): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.on('message', (question, from) => answer(question, (bytes) => socket.send(bytes, from.port, from.address)));
  await new Promise<void>((resolve) => socket.bind(port, HOST, resolve));
  closing.defer(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  return socket;
}

const scope = { interfaces: [HOST], timeoutMs: 700 };
const never = new AbortController().signal;

describe('discovery', () => {
  it('finds NovaStar sending cards, and nothing in what is no answer', async () => {
    await device(3_800, (question, reply) => {
      if (question.toString('latin1') === 'rqProMI:') {
        reply(Buffer.from('nonsense'));
        reply(Buffer.from('rpProMI:App,0161\u0007'));
      }
    });
    const [found, ...others] = (await controllerModules.novastar.discover?.(scope, never)) ?? [];
    expect(others).toEqual([]);
    expect(found).toMatchObject({ address: HOST, description: 'NovaStar, App,0161' });
    expect(controllerOptions.parse({ id: 'a', ...found?.entry })).toMatchObject({ host: HOST, port: 5_200 });
  });

  it('finds Colorlight processors', async () => {
    await device(9_099, (question, reply) => {
      if (question[0] !== 0xeb) return;
      const answer = Buffer.alloc(30);
      answer[0] = 0xea;
      answer[22] = 2;
      answer[23] = 0x11;
      reply(answer.subarray(0, 12));
      reply(answer);
    });
    const found = (await controllerModules.colorlight.discover?.(scope, never)) ?? [];
    expect(found).toMatchObject([{ address: HOST, description: 'Colorlight processor, model 0x11' }]);
    expect(controllerOptions.parse({ id: 'a', ...found[0]?.entry })).toMatchObject({ host: HOST, port: 9_999 });
  });

  it('finds nothing where nobody answers, and says when it cannot ask', async () => {
    expect(await controllerModules.novastar.discover?.(scope, never)).toEqual([]);
    await expect(
      controllerModules.novastar.discover?.({ interfaces: ['192.0.2.1'], timeoutMs: 100 }, never),
    ).rejects.toMatchObject({ code: 'no-interface' });
  });
});
