import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** An operation that selects one field. */
export interface FieldQuery {
  /** `Type.field`. */
  readonly field: string;
  readonly query: string;
}

export interface WalkOptions {
  readonly schema: GraphQLSchema;
  /** The ids of entities by type, for queries as a gateway sends them; empty for queries of clients. */
  readonly entities: Readonly<Record<string, string>>;
  /** Literals for whole inputs by their type, where the required fields alone are not valid. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** The literal for a scalar, by its path, such as `Query.order.id` or `DepositInput.accountId`, and its type. */
  readonly literal: (path: string, type: string) => string;
}

/**
 * Returns a query for each field of each object type, on the shortest path from an entity or from a root field. It also
 * selects the leaves below the field that need no arguments.
 */
export function queriesForEveryField({ schema, entities, inputs = {}, literal }: WalkOptions): FieldQuery[] {
  const argumentsOf = argumentWriter(inputs, literal);
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(
    (type) => type != null,
  );
  const positions: Position[] = [
    ...Object.entries(entities).map(([name, id]) => entityPosition(objectType(schema, name), id)),
    ...roots.map((type) => ({ type, wrap: rootOf(type) })),
  ];
  const seen = new Set(positions.map(({ type }) => type));
  const queries: FieldQuery[] = [];
  // The list grows during the loop. This is a breadth-first search, so the paths are the shortest.
  for (const { type, wrap } of positions) {
    for (const field of Object.values(type.getFields()).filter(({ name }) => !name.startsWith('_'))) {
      const call = `${field.name}${argumentsOf(`${type.name}.${field.name}`, field)}`;
      queries.push({ field: `${type.name}.${field.name}`, query: wrap(`${call} ${leavesOf(field)}`) });
      const below = getNamedType(field.type);
      if (!isObjectType(below) || seen.has(below)) continue;
      seen.add(below);
      positions.push({ type: below, wrap: (selection) => wrap(`${call} { ${selection} }`) });
    }
  }
  return queries;
}

/** @returns every field of every object type that the schema defines. */
export function everyField(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('_'))
    .flatMap((type) =>
      Object.keys(type.getFields())
        .filter((field) => !field.startsWith('_'))
        .map((field) => `${type.name}.${field}`),
    );
}

interface Position {
  readonly type: GraphQLObjectType;
  /** The operation around a selection on the type. */
  readonly wrap: (selection: string) => string;
}

function objectType(schema: GraphQLSchema, name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is not an object type`);
  return type;
}

/** The root types have their usual names. */
function rootOf(type: GraphQLObjectType): Position['wrap'] {
  return (selection) => `${type.name.toLowerCase()} { ${selection} }`;
}

function entityPosition(type: GraphQLObjectType, id: string): Position {
  // Only the records of customers have a permit. This one is no permit.
  const permit = type.getFields()['permit'] === undefined ? '' : ', permit: "none"';
  const representation = `{ __typename: "${type.name}", id: "${id}"${permit} }`;
  return {
    type,
    wrap: (selection) => `{ _entities(representations: [${representation}]) { ... on ${type.name} { ${selection} } } }`,
  };
}

function leavesOf(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return '';
  const leaves = Object.values(type.getFields()).filter((below) => isLeafType(getNamedType(below.type)));
  return `{ __typename ${leaves.map(({ name }) => name).join(' ')} }`;
}

/** Returns a function that writes the required arguments of a field. */
function argumentWriter(inputs: Readonly<Record<string, string>>, literal: WalkOptions['literal']) {
  return (path: string, field: GraphQLField<unknown, unknown>): string => {
    const needed = field.args
      .filter(isNeeded)
      .map(({ name, type }) => `${name}: ${literalOf(`${path}.${name}`, type)}`);
    return needed.length === 0 ? '' : `(${needed.join(', ')})`;
  };

  function literalOf(path: string, type: GraphQLInputType): string {
    if (isNonNullType(type)) return literalOf(path, type.ofType);
    if (isListType(type)) return `[${literalOf(path, type.ofType)}]`;
    if (isEnumType(type)) return type.getValues()[0]!.name;
    if (!isInputObjectType(type)) return literal(path, type.name);
    const fields = Object.values(type.getFields()).filter(isNeeded);
    const literals = fields.map(({ name, type: below }) => `${name}: ${literalOf(`${type.name}.${name}`, below)}`);
    return inputs[type.name] ?? `{ ${literals.join(', ')} }`;
  }
}

function isNeeded({ type }: Pick<GraphQLArgument, 'type'>): boolean {
  return isNonNullType(type);
}
