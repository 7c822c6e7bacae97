import { expect } from 'vitest';

type ErrorBody = { code: string; message: string; parameters: Record<string, unknown> };

/** Status and code of a refusal, which must have the one shape that all refusals have. */
export async function errorOf(response: Response): Promise<[number, string]> {
  const body = (await response.json()) as ErrorBody;
  expect(Object.keys(body).sort()).toEqual(['code', 'message', 'parameters']);
  expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:|\.js:/);
  return [response.status, body.code];
}
