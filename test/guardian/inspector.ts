import { WebSocket } from 'ws';
import { once } from 'node:events';
import { eventually } from '../eventually.js';

/** Lets the inspector of every process choose a port of its own. */
export const INSPECTOR_ENVIRONMENT = { NODE_OPTIONS: '--inspect-port=0 --max-old-space-size=192' };

/**
 * Has a process run what we like, through Node's own inspector: the service has no door for faults.
 * @param output what the process has written so far; the inspector says there where it listens
 */
export async function runIn(pid: number, output: () => string, expression: string): Promise<void> {
  process.kill(pid, 'SIGUSR1');
  const address = await eventually(() => {
    const found = /Debugger listening on (ws:\S+)/.exec(output())?.[1];
    if (found === undefined) throw new Error(`no inspector: ${output()}`);
    return found;
  });
  const socket = new WebSocket(address);
  // The process may be gone before it has answered.
  const closed = once(socket, 'close');
  socket.on('error', () => undefined);
  await once(socket, 'open');
  // Later, and therefore outside of the inspector, which would catch what is thrown.
  const params = { expression: `setTimeout(() => { ${expression} }, 50)` };
  socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
  await Promise.race([once(socket, 'message'), closed]);
  socket.terminate();
  await closed;
}
