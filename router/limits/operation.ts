import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { fault } from '#platform/faults.ts';
import type { Asked } from '#platform/limits/asked.ts';
import { type Cost, operationCost } from '#platform/limits/cost.ts';
import { jumpWeight } from '#platform/limits/weights.ts';
import type { FieldOwners } from '../supergraph.ts';
import { countJumps, type Jumps, jumpsFault } from './jumps.ts';
import { valuesFault } from './values.ts';
import { type WrittenOut, writeOut, writtenOutFault } from './written-out.ts';

/**
 * What an operation costs, once its variables are known.
 *
 * @throws QUERY_TOO_COMPLEX
 */
export type LimitOperation = (schema: GraphQLSchema, asked: Asked) => number;

/** What holds for an operation whatever its variables are. */
interface Measured {
  readonly jumps: Jumps;
  readonly writtenOut: WrittenOut;
  readonly costWith: Cost;
}

export function operationLimits(owners: FieldOwners, mostCost: number): LimitOperation {
  // Apollo Server keeps what is asked again and again.
  const measured = new WeakMap<OperationDefinitionNode, Measured>();

  function measure(schema: GraphQLSchema, asked: Asked): Measured {
    const known = measured.get(asked.operation);
    if (known !== undefined) return known;
    const found = {
      jumps: countJumps(owners, schema, asked),
      writtenOut: writeOut(asked),
      costWith: operationCost(schema, asked),
    };
    measured.set(asked.operation, found);
    return found;
  }

  return (schema, asked) => {
    refuse(valuesFault(asked.variables));
    const { jumps, writtenOut, costWith } = measure(schema, asked);
    refuse(jumpsFault(jumps));
    refuse(writtenOutFault(writtenOut, asked.variables));
    const cost = costWith(asked.variables) + jumps.jumps * jumpWeight;
    refuse(
      cost > mostCost ? `The operation may cost ${cost}, and the most is ${mostCost}: ask for less at once.` : null,
    );
    return cost;
  };
}

function refuse(reason: string | null): void {
  if (reason !== null) throw fault('QUERY_TOO_COMPLEX', reason);
}
