// Starts a Colorlight output on the interface that is named, says so, and waits to be killed.
import { silentLogger } from '../../dist/src/core/logger.js';
import { outputOptions } from '../../dist/src/output/options.js';
import { createOutput } from '../../dist/src/output/registry.js';

const options = outputOptions.parse({ id: 'screen', type: 'colorlight', interface: process.argv[2] });
const wall = { widthPx: 64, heightPx: 32 };
await createOutput(options, { wall, framesPerSecond: 25, log: silentLogger }).start();
process.stdout.write('started\n');
setInterval(() => undefined, 1_000);
