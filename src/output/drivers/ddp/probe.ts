import type { Socket } from 'node:dgram';
import { beforeAbort } from '../../../core/deadline.js';
import { reasonOf } from '../../network-errors.js';
import type { Reachability } from '../../output-driver.js';
import { connectUdp } from '../../udp-link.js';
import { obstacleOf } from '../../way-out.js';
import { readAnswer } from './answer.js';
import { ID_STATUS, isReply, query } from './packet.js';

const SILENCE: Reachability = { state: 'unconfirmed', reason: 'no-answer' };

/**
 * Asks a display for its status from a socket of its own. Many displays (WLED, FPP) never answer, so silence says nothing:
 * `unconfirmed`. An answer is `reachable`; a refusal, or an error of the network or an obstacle in it, is `unreachable`.
 */
export async function probeDdp(host: string, port: number, signal: AbortSignal): Promise<Reachability> {
  try {
    const connected = await beforeAbort(signal, connectUdp({ host, port }), (late) => late.socket.close());
    if (connected === null) return SILENCE;
    const { socket } = connected;
    const askUnlessCutOff = async (): Promise<Reachability> => {
      const obstacle = await obstacleOf(socket, signal);
      return obstacle === null ? ask(socket) : { state: 'unreachable', reason: obstacle };
    };
    return (await beforeAbort(signal, askUnlessCutOff()).finally(() => socket.close())) ?? SILENCE;
  } catch (failure) {
    return { state: 'unreachable', reason: reasonOf(failure) };
  }
}

/** Pending for as long as nobody answers. */
function ask(socket: Socket): Promise<Reachability> {
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (datagram) => {
      if (!isReply(datagram)) return;
      const answer = readAnswer(datagram);
      const detail = answer?.kind === 'status' && answer.description !== '' ? { detail: answer.description } : {};
      resolve({ state: 'reachable', reason: null, ...detail });
    });
    socket.send(query(ID_STATUS), (failure) => {
      if (failure !== null) reject(failure);
    });
  });
}
