import type { AnswerLine, OperationsRequest } from '#platform/graphql/operations.ts';
import type { GraphqlAnswer, GraphqlRequest } from './graphql.ts';

/** Sends an operation to a subgraph as the router does. The caller states the type of the data. */
export async function requestAsRouter<Data = Record<string, unknown>>(
  origin: string,
  { query, variables = {}, token }: GraphqlRequest,
): Promise<GraphqlAnswer<Data>> {
  const authorization = token === undefined ? null : `Bearer ${token}`;
  const body: OperationsRequest = {
    documents: [{ query }],
    operations: [[0, { ...variables }, authorization, null, null]],
  };
  const response = await fetch(`${origin}/operations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const [, result]: AnswerLine = JSON.parse(await response.text());
  return { status: response.status, ...(result as Omit<GraphqlAnswer<Data>, 'status'>) };
}
