import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BatchMessage } from './envelope.js';
import { executionType, isFields, type Fields, type RequestResult } from './protocol.js';

/** One result as a batch response lists it. */
export type BatchResult = RequestResult & { readonly requestType: unknown; readonly requestId?: unknown };

type Answering = (requestType: unknown, requestData: unknown) => Promise<RequestResult>;

/** Requests of a batch that are answered before others have their turn. */
const REQUESTS_A_TURN = 50;

/** Answers the requests of a batch ("RequestBatch"), in their order or, where that is asked for, side by side. */
export async function answerBatch(batch: BatchMessage, answer: Answering): Promise<readonly BatchResult[]> {
  if (batch.executionType === executionType.parallel) {
    return Promise.all(
      batch.requests.map(async (request) => resultOf(request, await answer(typeOf(request), request['requestData']))),
    );
  }
  return answerInOrder(batch, answer);
}

/** Values can be handed from response to request through variables, and the first failure can end it. */
async function answerInOrder(batch: BatchMessage, answer: Answering): Promise<readonly BatchResult[]> {
  const variables = new Map(Object.entries(batch.variables));
  const results: BatchResult[] = [];
  for (const request of batch.requests) {
    const result = await answer(typeOf(request), withInputs(request, variables));
    keepOutputs(request, result, variables);
    results.push(resultOf(request, result));
    if (batch.haltOnFailure && !result.requestStatus.result) break;
    if (results.length % REQUESTS_A_TURN === 0) await nextTurn();
  }
  return results;
}

/** What is no text counts as an empty one, as in OBS. */
function typeOf({ requestType }: Fields): string {
  return typeof requestType === 'string' ? requestType : '';
}

function resultOf(request: Fields, result: RequestResult): BatchResult {
  const { requestId } = request;
  const id = requestId === undefined || requestId === null ? {} : { requestId };
  return { requestType: typeOf(request), ...id, ...result };
}

function withInputs(request: Fields, variables: ReadonlyMap<string, unknown>): unknown {
  const { requestData, inputVariables } = request;
  if (!isFields(inputVariables) || variables.size === 0) return requestData;
  const filled = Object.entries(inputVariables).flatMap(([field, variable]): [string, unknown][] =>
    typeof variable === 'string' && variables.has(variable) ? [[field, variables.get(variable)]] : [],
  );
  return filled.length === 0
    ? requestData
    : { ...(isFields(requestData) ? requestData : {}), ...Object.fromEntries(filled) };
}

function keepOutputs(request: Fields, result: RequestResult, variables: Map<string, unknown>): void {
  const { outputVariables } = request;
  if (!isFields(outputVariables) || result.responseData === undefined) return;
  for (const [variable, field] of Object.entries(outputVariables)) {
    if (typeof field === 'string' && Object.hasOwn(result.responseData, field)) {
      variables.set(variable, result.responseData[field]);
    }
  }
}
