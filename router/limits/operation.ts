import type { GraphQLSchema } from 'graphql';
import { fault } from '#platform/faults.ts';
import { type Asked, operationCost } from './cost.ts';
import { valuesFault } from './values.ts';

/**
 * What an operation costs, once its variables are known.
 *
 * @throws QUERY_TOO_COMPLEX
 */
export function limitOperation(schema: GraphQLSchema, asked: Asked, mostCost: number): number {
  const reason = valuesFault(asked.variables);
  if (reason !== null) throw fault('QUERY_TOO_COMPLEX', reason);
  const cost = operationCost(schema, asked);
  if (cost > mostCost) {
    throw fault(
      'QUERY_TOO_COMPLEX',
      `The operation may cost ${cost}, and the most is ${mostCost}: ask for less at once.`,
    );
  }
  return cost;
}
