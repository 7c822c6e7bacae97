import { createSocket } from 'node:dgram';
import { withDeadline } from '../../../core/deadline.js';
import { ControllerFailure } from '../../controller-failure.js';
import { parseSearchAnswer, SEARCH_QUESTION } from './packet.js';

const ANSWER_WITHIN_MS = 400;
/** An answer has some dozens of bytes. */
const LONGEST_ANSWER_BYTES = 1_024;

/**
 * Asks one device whether it is there. @returns what it says of itself, null when it says nothing: older ones do not know the question
 * @throws ControllerFailure when what it says is no answer
 */
export async function askDevice(host: string, port: number, signal: AbortSignal): Promise<string | null> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  try {
    return await withDeadline(ANSWER_WITHIN_MS, signal, (deadline) => {
      return new Promise<string | null>((resolve, reject) => {
        deadline.addEventListener('abort', () => resolve(null), { once: true });
        // Refused, or no way there: the connection for commands knows better.
        socket.on('error', () => resolve(null));
        socket.on('message', (datagram) => {
          const answer = parseSearchAnswer(datagram);
          if (datagram.length > LONGEST_ANSWER_BYTES) reject(new ControllerFailure('oversize'));
          else if (answer === null) reject(new ControllerFailure('garbage'));
          else if (answer === 'short') reject(new ControllerFailure('truncated'));
          else resolve(answer.description);
        });
        // Connected: what comes from elsewhere is not heard.
        socket.once('connect', () => socket.send(SEARCH_QUESTION, () => undefined));
        socket.connect(port, host);
      });
    });
  } finally {
    socket.close();
  }
}
