import {
  type FragmentDefinitionNode,
  getVariableValues,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { badInput } from '#platform/errors/faults.ts';
import type { Variables } from './run.ts';

/** Returns all faults of an operation's variables, before any subgraph is called. */
export type CheckVariables = (variables: Variables) => readonly GraphQLError[];

export function prepareCheck(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
): CheckVariables {
  const definitions = operation.variableDefinitions ?? [];
  const conditions = conditionVariables([operation, ...fragments]);
  return (variables) => {
    const { errors } = getVariableValues(schema, definitions, variables);
    if (errors !== undefined) return errors;
    // A nullable variable with a default is valid in @skip and @include, but its value can still be null.
    return conditions
      .filter((name) => variables[name] === null)
      .map((name) => badInput(`Variable "$${name}" decides about a selection, and must be true or false, not null.`));
  };
}

function conditionVariables(definitions: readonly (OperationDefinitionNode | FragmentDefinitionNode)[]): string[] {
  const names = new Set<string>();
  for (const definition of definitions) {
    visit(definition, {
      Directive: ({ name, arguments: given = [] }) => {
        if (name.value !== 'skip' && name.value !== 'include') return;
        for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  }
  return [...names];
}

export function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined || defaultValue.kind === Kind.NULL
        ? []
        : [[variable.name.value, valueFromASTUntyped(defaultValue)]],
    ),
  );
}
