import type { Configuration } from '../config/schema.js';
import { silentLogger } from '../core/logger.js';
import { addressOf, type OutputOptions } from '../output/options.js';
import type { OutputContext, Reachability } from '../output/output-driver.js';
import { createOutput } from '../output/registry.js';
import { withDeadline } from '../core/deadline.js';
import { reasonWords, type Verdict } from './verdict.js';

/** A controller that says nothing for so long says nothing at all. */
const PROBE_MS = 3_000;

/** Asks every controller whether it is there. Nothing is shown on it. */
export async function checkOutputs(configuration: Configuration, deadline: AbortSignal): Promise<Verdict[]> {
  const { wall, outputs } = configuration;
  const context: OutputContext = {
    wall: { widthPx: wall.width, heightPx: wall.height },
    framesPerSecond: wall.fps,
    log: silentLogger,
  };
  return Promise.all(outputs.map((output) => checkOutput(output, context, deadline)));
}

async function checkOutput(options: OutputOptions, context: OutputContext, deadline: AbortSignal): Promise<Verdict> {
  const driver = createOutput(options, context);
  const reachability = await withDeadline(PROBE_MS, deadline, (signal) => driver.probe(signal));
  return judge(options, reachability);
}

function judge(options: OutputOptions, reachability: Reachability): Verdict {
  const output = { device: 'output', id: options.id } as const;
  const address = addressOf(options);
  switch (reachability.state) {
    case 'reachable': {
      const { detail } = reachability;
      const message = detail === undefined ? `${address} answers` : `${address} answers: ${detail}`;
      return { ...output, state: 'well', message, mend: null };
    }
    case 'unconfirmed':
      return {
        ...output,
        state: 'unsure',
        message: `${address} neither answers nor refuses; many controllers never answer`,
        mend: 'look at the screen',
      };
    case 'unreachable': {
      const words = reasonWords(reachability.reason);
      return { ...output, state: 'wrong', message: `${address}: ${words.message}`, mend: words.mend };
    }
  }
}
