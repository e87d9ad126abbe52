import {
  BREAK,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { RunErrors } from './errors.ts';
import { preparePlan } from './plan.ts';
import { prepareResponse } from './response.ts';
import type { Data, ResolvedPlan, Run } from './run.ts';
import { defaultsOf } from './variables.ts';

/** The result of an operation, under the client's names. */
export interface ExecutionResult {
  readonly data?: Data | null;
  readonly errors?: readonly GraphQLError[];
}

export type PreparedOperation = (input: Pick<Run, 'variables' | 'ask'>) => Promise<ExecutionResult>;

/** Prepares an operation to be executed repeatedly. Returns null for introspection, which the gateway executes. */
export function prepareOperation(
  { queryPlan, operationContext }: Pick<ResolvedPlan, 'queryPlan' | 'operationContext'>,
  supergraph: GraphQLSchema,
): PreparedOperation | null {
  const { schema, operation, fragments } = operationContext;
  const plan = preparePlan(queryPlan.node, supergraph);
  if (plan === null || isIntrospection([operation, ...Object.values(fragments)])) return null;
  const respond = prepareResponse(schema, operation, fragments);
  const defaults = defaultsOf(operation);

  return async ({ variables, ask }) => {
    const run: Run = { variables, defaults, ask, data: {}, shared: new Map(), errors: new RunErrors() };
    await plan(run);
    const { data, faults } = respond(run, { ...defaults, ...variables });
    const errors = [...run.errors.kept, ...faults];
    return errors.length === 0 ? { data } : { errors, data };
  };
}

function isIntrospection(definitions: readonly (OperationDefinitionNode | FragmentDefinitionNode)[]): boolean {
  let found = false;
  for (const definition of definitions) {
    visit(definition, {
      Field: ({ name }) => {
        if (name.value !== '__schema' && name.value !== '__type') return undefined;
        found = true;
        return BREAK;
      },
    });
  }
  return found;
}
