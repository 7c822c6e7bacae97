import { Counter, Gauge, type Registry } from 'prom-client';

/** A figure that only grows, read when somebody asks. */
export function total(name: string, help: string, registers: Registry[], value: () => number): void {
  new Counter({
    name,
    help,
    registers,
    collect() {
      this.reset();
      this.inc(value());
    },
  });
}

/** A figure that comes and goes, read when somebody asks. */
export function gauge(name: string, help: string, registers: Registry[], value: () => number): void {
  new Gauge({
    name,
    help,
    registers,
    collect() {
      this.set(value());
    },
  });
}

/** One series for each thing and state: 1 for the state it is in, 0 for the others. */
export function states(
  name: string,
  help: string,
  label: 'camera' | 'output' | 'controller' | 'count',
  registers: Registry[],
  all: readonly string[],
  current: () => readonly { readonly name: string; readonly state: string }[],
): void {
  new Gauge({
    name,
    help,
    labelNames: [label, 'state'],
    registers,
    collect() {
      this.reset();
      for (const thing of current()) {
        for (const state of all) this.set({ [label]: thing.name, state }, state === thing.state ? 1 : 0);
      }
    },
  });
}
