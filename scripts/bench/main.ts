import { benchmarks, isBenchmarkName } from './registry.js';

/**
 * Benchmarks: `npm run bench` runs all, `npm run bench -- NAME` one. Each prints a table for people and, as its last
 * line, one JSON object. They measure and print; nothing here passes or fails.
 */
const names = process.argv.slice(2);
const unknown = names.filter((name) => !isBenchmarkName(name));
if (unknown.length > 0) {
  console.error(`no benchmark is called ${unknown.join(', ')}; there are: ${Object.keys(benchmarks).join(', ')}`);
  process.exitCode = 1;
} else {
  for (const name of names.length > 0
    ? names.filter(isBenchmarkName)
    : (Object.keys(benchmarks) as (keyof typeof benchmarks)[])) {
    console.log(`\n── ${name} ──`);
    const result = await benchmarks[name]((line) => console.log(line));
    console.log(JSON.stringify({ name, ...result }));
  }
}
