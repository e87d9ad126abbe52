import { fault } from '../../errors/faults.ts';
import type { DocumentBounds } from './document.ts';
import { maxExpanded } from './expand.ts';

/**
 * The bounds of a document at a subgraph. Those of the router, for clients, are narrower. These hold for a caller that
 * reaches a subgraph without the router.
 */
export const subgraphBounds: DocumentBounds = {
  tokens: 30_000,
  nesting: 100,
  operations: 20,
  depth: 16,
  introspectionDepth: 15,
  introspectionLists: 2,
  selections: maxExpanded,
  aliases: 60,
  copies: 100,
  directives: 20,
};

/** Ten times the default of OPERATION_COST_LIMIT, the limit at the router. */
export const maxSubgraphCost = 50_000;

/** @throws QUERY_TOO_COMPLEX */
export function refuseCost(cost: number): void {
  if (cost > maxSubgraphCost) {
    throw fault('QUERY_TOO_COMPLEX', `The operation costs ${cost}; the maximum is ${maxSubgraphCost}.`);
  }
}
