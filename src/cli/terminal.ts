/** Where a command writes: results to standard output, what goes wrong to standard error. */
export type Terminal = { print(line: string): void; error(line: string): void };

/** The terminal of this process. */
export const terminal: Terminal = {
  print: (line) => {
    process.stdout.write(`${line}\n`);
  },
  error: (line) => {
    process.stderr.write(`${line}\n`);
  },
};
