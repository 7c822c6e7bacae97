import type { BatchMessage } from './envelope.js';
import { isFields, type Fields, type RequestResult } from './protocol.js';

/** One result as a batch response lists it. */
export type BatchResult = RequestResult & { readonly requestType: unknown; readonly requestId?: unknown };

/**
 * Answers the requests of a batch one after another ("RequestBatch"): values can be handed from response to request
 * through variables, and the first failure can end it.
 */
export async function answerBatch(
  batch: BatchMessage,
  answer: (requestType: unknown, requestData: unknown) => Promise<RequestResult>,
): Promise<readonly BatchResult[]> {
  const variables = new Map(Object.entries(batch.variables));
  const results: BatchResult[] = [];
  for (const request of batch.requests) {
    const { requestType, requestId } = request;
    const result = await answer(requestType, withInputs(request, variables));
    keepOutputs(request, result, variables);
    results.push({ requestType: requestType ?? null, ...(requestId === undefined ? {} : { requestId }), ...result });
    if (batch.haltOnFailure && !result.requestStatus.result) break;
  }
  return results;
}

function withInputs(request: Fields, variables: ReadonlyMap<string, unknown>): unknown {
  const { requestData, inputVariables } = request;
  if (!isFields(inputVariables)) return requestData;
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
