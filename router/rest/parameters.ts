import {
  type ArgumentNode,
  getNamedType,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInputType,
  isNonNullType,
  Kind,
  type ObjectFieldNode,
  parse,
  type OperationDefinitionNode,
  TypeInfo,
  typeFromAST,
  valueFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { largestPage } from '#platform/graphql/paging.ts';
import type { Route } from './route.ts';

/** A parameter of a route: a variable of its operation, or a field of the variable `filter`. */
export interface Parameter {
  /** The name in the request. */
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'body';
  readonly type: GraphQLInputType;
  readonly isRequired: boolean;
  /** The default of a query parameter; undefined if it has none. */
  readonly defaultValue: unknown;
  readonly description: string;
  /** Where the value belongs in the operation's variables. */
  readonly variable: readonly [string] | readonly [string, string];
  /** The least and the greatest value of a number. */
  readonly range?: readonly [least: number, most: number];
  /** The values of `sort`, with the value of the variable for each. */
  readonly sorts?: ReadonlyMap<string, unknown>;
}

export const idempotencyHeader = 'Idempotency-Key';

/**
 * Derives the parameters of a route from the variables of its operation. A variable is sent in the path if the path names
 * it, `idempotencyKey` is a header, and the others are members of the body or, for GET, parameters of the query. There,
 * `filter` becomes one parameter per field, and `orderBy` becomes `sort`.
 */
export function parametersOf(schema: GraphQLSchema, { method, path, document }: Route): Parameter[] {
  const parsed = parse(document);
  const operation = parsed.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  )!;
  const descriptions = descriptionsOf(schema, operation);
  return (operation.variableDefinitions ?? []).flatMap((definition): Parameter[] => {
    const variable = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    if (!isInputType(type)) throw new Error(`the type of $${variable} is unknown`);
    const whole = {
      name: variable,
      type,
      isRequired: isNonNullType(type),
      defaultValue: definition.defaultValue && valueFromAST(definition.defaultValue, type),
      description: descriptions.get(variable) ?? '',
      variable: [variable] as const,
    };
    if (path.includes(`{${variable}}`)) return [{ ...whole, in: 'path' }];
    if (variable === 'idempotencyKey') return [{ ...whole, in: 'header', name: idempotencyHeader }];
    if (method !== 'GET') return [{ ...whole, in: 'body' }];
    if (variable === 'filter') return filterOf(type);
    if (variable === 'orderBy') return [sortOf(whole)];
    if (variable === 'first') return [{ ...whole, in: 'query', range: [1, largestPage] }];
    return [{ ...whole, in: 'query', description: whole.description || countDescription }];
  });
}

const countDescription = 'Whether the response has this number.';

function filterOf(type: GraphQLInputType): Parameter[] {
  if (!isInputObjectType(type)) throw new Error('`filter` is not an input type');
  return Object.values(type.getFields()).map((field) => ({
    name: field.name,
    in: 'query',
    type: field.type,
    isRequired: false,
    defaultValue: undefined,
    description: field.description ?? '',
    variable: ['filter', field.name],
  }));
}

/** `sort=createdAt` is ascending, and `sort=-createdAt` is descending. */
function sortOf(whole: Omit<Parameter, 'in'>): Parameter {
  const sorts = new Map<string, unknown>();
  const named = getNamedType(whole.type);
  const fields = isInputObjectType(named) ? getNamedType(named.getFields()['field']!.type) : null;
  const names = isEnumType(fields) ? fields.getValues().map(({ name }) => name) : ['CREATED_AT'];
  for (const name of names) {
    const text = camelCase(name);
    const orderBy = (direction: string) => (fields === null ? direction : { field: name, direction });
    sorts.set(text, orderBy('ASC')).set(`-${text}`, orderBy('DESC'));
  }
  const description = 'The order of the list. A minus sign means descending. Without it, the newest are first.';
  return { ...whole, in: 'query', name: 'sort', description, defaultValue: undefined, sorts };
}

function camelCase(name: string): string {
  return name.toLowerCase().replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The graph's descriptions of the arguments and fields to which the variables are passed. */
function descriptionsOf(schema: GraphQLSchema, operation: OperationDefinitionNode): ReadonlyMap<string, string> {
  const descriptions = new Map<string, string>();
  const types = new TypeInfo(schema);
  const learn = ({ value }: ArgumentNode | ObjectFieldNode, description: string | null | undefined) => {
    if (value.kind === Kind.VARIABLE && description) descriptions.set(value.name.value, description);
  };
  visit(
    operation,
    visitWithTypeInfo(types, {
      Argument: (node) => learn(node, types.getArgument()?.description),
      ObjectField: (node) => {
        const parent = getNamedType(types.getParentInputType());
        if (isInputObjectType(parent)) learn(node, parent.getFields()[node.name.value]?.description);
      },
    }),
  );
  return descriptions;
}
