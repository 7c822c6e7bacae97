import { Sender } from 'sacn';
import { z } from 'zod';
import { monotonicMs } from '../../../src/core/clock.js';
import { Pacer, TickSchedule } from '../../../src/wall/pacing.js';
import { runSending, type Sending, type SendingTask } from './sending.js';

const SLOTS = 510;

/** Where npm `sacn` sends. */
const peerOptions = z.strictObject({ host: z.string(), port: z.int(), universes: z.int() });

/** The package `sacn`: a sender a universe, all of them at every tick, with payloads that lie ready. */
function start({ options, framesPerSecond }: SendingTask): Promise<Sending> {
  const { host, port, universes } = peerOptions.parse(options);
  const senders = Array.from(
    { length: universes },
    (_, index) => new Sender({ universe: index + 1, port, useUnicastDestination: host }),
  );
  const payloads = senders.map((_, universe) =>
    Object.fromEntries(Array.from({ length: SLOTS }, (__, slot) => [slot + 1, (slot + universe) & 0xff])),
  );
  let [frames, failed] = [0, 0];
  const pacer = new Pacer(new TickSchedule(framesPerSecond, monotonicMs()), {
    tick: () => {
      const sent = senders.map((sender, index) =>
        sender.send({ payload: payloads[index] ?? {}, useRawDmxValues: true }),
      );
      void Promise.all(sent).then(
        () => (frames += 1),
        () => (failed += 1),
      );
    },
    between: () => Number.POSITIVE_INFINITY,
  });
  pacer.start();
  return Promise.resolve({
    figures: () => ({ frames, failed }),
    close: () => {
      pacer.stop();
      for (const sender of senders) sender.close();
      return Promise.resolve();
    },
  });
}

await runSending(start);
