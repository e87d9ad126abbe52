import {
  BREAK,
  type FragmentDefinitionNode,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { preparePlan } from './plan.ts';
import { prepareResponse } from './response.ts';
import type { Data, ResolvedPlan, Run, Variables } from './run.ts';

/** What an operation is answered with, errors as the subgraphs told them. */
export interface ExecutionResult {
  readonly data?: Data | null;
  readonly errors?: readonly GraphQLError[];
  readonly extensions?: Record<string, unknown>;
}

export type PreparedOperation = (asked: Pick<Run, 'variables' | 'ask'>) => Promise<ExecutionResult>;

/**
 * An operation that is ready to be executed any number of times; null where that is left to the gateway: introspection,
 * names of fields that every JavaScript object has (`__proto__`, `constructor`), and plans that rename what they fetch.
 */
export function prepareOperation(
  { queryPlan, operationContext }: Pick<ResolvedPlan, 'queryPlan' | 'operationContext'>,
  supergraph: GraphQLSchema,
): PreparedOperation | null {
  const { schema, operation, fragments } = operationContext;
  const plan = preparePlan(queryPlan.node, supergraph);
  if (plan === null || isLeftToTheGateway(operation, Object.values(fragments))) return null;
  const respond = prepareResponse(schema, operation, fragments);
  const definitions = operation.variableDefinitions ?? [];
  const defaults = defaultsOf(operation);

  return async ({ variables, ask }) => {
    const { errors: faults } = getVariableValues(schema, definitions, variables);
    if (faults !== undefined) return { errors: faults };
    const run: Run = { variables, defaults, ask, data: {}, errors: [] };
    await plan(run);
    return completed(run, () => respond(run.data, { ...defaults, ...variables }));
  };
}

function isLeftToTheGateway(operation: OperationDefinitionNode, fragments: readonly FragmentDefinitionNode[]): boolean {
  let found = false;
  for (const definition of [operation, ...fragments]) {
    visit(definition, {
      Field: ({ name, alias }) => {
        const key = (alias ?? name).value;
        if (name.value !== '__schema' && name.value !== '__type' && !(key in Object.prototype)) return undefined;
        found = true;
        return BREAK;
      },
    });
  }
  return found;
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined || defaultValue.kind === Kind.NULL
        ? []
        : [[variable.name.value, valueFromASTUntyped(defaultValue)]],
    ),
  );
}

/** As the gateway: what is wrong with the data of subgraphs is told only where they told no errors themselves. */
function completed({ errors }: Run, respond: () => ReturnType<ReturnType<typeof prepareResponse>>): ExecutionResult {
  try {
    const { data, faults } = respond();
    if (errors.length > 0) return { errors, data };
    return faults.length > 0 ? { extensions: { valueCompletion: faults }, data } : { data };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    return { errors: [new GraphQLError((error as Error).message, { originalError: error as Error })] };
  }
}
