import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { fault } from '#platform/errors/faults.ts';
import type { RequestedOperation } from '#platform/graphql/limits/requested-operation.ts';
import { type Cost, operationCost } from '#platform/graphql/limits/cost.ts';
import { jumpWeight } from '#platform/graphql/limits/weights.ts';
import type { FieldOwners } from '../supergraph.ts';
import { countJumps, type Jumps, jumpsFault } from './jumps.ts';
import { valuesFault } from './values.ts';
import { type WrittenOut, writeOut, writtenOutFault } from './written-out.ts';

/**
 * Returns the cost of an operation with its variables.
 *
 * @throws QUERY_TOO_COMPLEX
 */
export type LimitOperation = (request: RequestedOperation) => number;

/** The measures of an operation that do not depend on its variables. */
interface Measured {
  readonly jumps: Jumps;
  readonly writtenOut: WrittenOut;
  readonly costWith: Cost;
}

/** @param supergraph the schema with the directives that state the cost of fields. */
export function operationLimits(supergraph: GraphQLSchema, owners: FieldOwners, maxCost: number): LimitOperation {
  // Apollo Server caches documents, so a repeated operation is measured once.
  const measured = new WeakMap<OperationDefinitionNode, Measured>();

  function measure(request: RequestedOperation): Measured {
    const known = measured.get(request.operation);
    if (known !== undefined) return known;
    const found = {
      jumps: countJumps(owners, supergraph, request),
      writtenOut: writeOut(request),
      costWith: operationCost(supergraph, request),
    };
    measured.set(request.operation, found);
    return found;
  }

  return (request) => {
    refuse(valuesFault(request.variables));
    const { jumps, writtenOut, costWith } = measure(request);
    refuse(jumpsFault(jumps));
    refuse(writtenOutFault(writtenOut, request.variables));
    const cost = costWith(request.variables) + jumps.jumps * jumpWeight;
    refuse(
      cost > maxCost ? `The operation costs ${cost}; the maximum is ${maxCost}. Request fewer items or fields.` : null,
    );
    return cost;
  };
}

function refuse(reason: string | null): void {
  if (reason !== null) throw fault('QUERY_TOO_COMPLEX', reason);
}
