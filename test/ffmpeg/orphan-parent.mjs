// Starts one ffmpeg that would run for ever, says its process id, and waits to be killed.
import { FfmpegChild } from '../../dist/src/ffmpeg/child.js';
import { silentLogger } from '../../dist/src/core/logger.js';
import { Redactor } from '../../dist/src/core/secrets.js';

const child = await FfmpegChild.start({
  arguments: ['-nostdin', '-re', '-f', 'lavfi', '-i', 'testsrc=size=64x64', '-f', 'null', '-'],
  urgent: false,
  log: silentLogger,
  redactor: new Redactor(),
});
process.stdout.write(`${child?.pid}\n`);
setInterval(() => undefined, 1_000);
