import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { VendorRequestName, VendorResponse } from '../../../control/vendor.js';
import type { Link } from '../link/link.js';
import type { Connection } from '../protocol/connection.js';
import { RequestError } from '../protocol/request-error.js';
import { callVendor } from '../protocol/vendor-call.js';
import type { VendorRequestData } from '../protocol/vendor-call.js';
import type { Hall } from '../state/hall.js';
import type { FailureWords, Notices } from '../state/notices.js';

/** How a command went that may be refused for a reason which its panel answers itself. */
export type Refusal<Code extends string> = 'done' | 'failed' | Code;

/** What commands of all areas use. */
export type CommandRunner = {
  readonly hall: Hall;
  /** Actions under way, so that they can be shown and not be given twice. */
  readonly pending: ReadonlySignal<ReadonlySet<string>>;
  /** The connection as it is. @throws RequestError `connection-lost` */
  connection(): Connection;
  /** Carries something out under the name of an action. @returns whether that succeeded; a failure becomes a notice */
  carryOut(action: string, failure: FailureWords, run: () => Promise<unknown>): Promise<boolean>;
  /** Carries out a request of obs-websocket. */
  request(
    action: string,
    failure: FailureWords,
    requestType: string,
    data?: Readonly<Record<string, unknown>>,
  ): Promise<boolean>;
  /** Carries out a request of ours. */
  call<Name extends VendorRequestName>(
    action: string,
    failure: FailureWords,
    name: Name,
    data: VendorRequestData<Name>,
  ): Promise<boolean>;
  /** Asks for something of ours. @returns null where that failed, which becomes a notice */
  ask<Name extends VendorRequestName>(
    action: string,
    failure: FailureWords,
    name: Name,
    data: VendorRequestData<Name>,
  ): Promise<VendorResponse<Name> | null>;
  /** `call`, with refusals that become no notice, but are answered where they were asked for. */
  attempt<Name extends VendorRequestName, Code extends string>(
    action: string,
    failure: FailureWords,
    name: Name,
    data: VendorRequestData<Name>,
    expected: readonly Code[],
  ): Promise<Refusal<Code>>;
};

export function createRunner(hall: Hall, link: Link, notices: Notices): CommandRunner {
  const pending = signal<ReadonlySet<string>>(new Set());

  const carryOut: CommandRunner['carryOut'] = async (action, failure, run) => {
    pending.value = new Set([...pending.value, action]);
    try {
      await run();
      return true;
    } catch (thrown) {
      if (!(thrown instanceof RequestError)) throw thrown;
      notices.add({ action, failure, code: thrown.code, comment: thrown.message });
      return false;
    } finally {
      pending.value = new Set([...pending.value].filter((other) => other !== action));
    }
  };

  return {
    hall,
    pending,
    connection: link.connection,
    carryOut,
    request: (action, failure, requestType, data) =>
      carryOut(action, failure, () => link.connection().request(requestType, data)),
    ask: async (action, failure, name, data) => {
      let answer: VendorResponse<typeof name> | null = null;
      await carryOut(action, failure, async () => {
        answer = await callVendor(link.connection(), name, data);
      });
      return answer;
    },
    call: (action, failure, name, data) => carryOut(action, failure, () => callVendor(link.connection(), name, data)),
    attempt: async (action, failure, name, data, expected) => {
      const isExpected = (code: string): code is (typeof expected)[number] => expected.some((each) => each === code);
      const outcome: { refusal: (typeof expected)[number] | null } = { refusal: null };
      const isDone = await carryOut(action, failure, async () => {
        try {
          await callVendor(link.connection(), name, data);
        } catch (thrown) {
          if (!(thrown instanceof RequestError) || !isExpected(thrown.code)) throw thrown;
          outcome.refusal = thrown.code;
        }
      });
      return outcome.refusal ?? (isDone ? 'done' : 'failed');
    },
  };
}
