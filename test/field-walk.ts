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

/** An operation that asks for one field. */
export interface FieldQuestion {
  /** `Type.field`. */
  readonly field: string;
  readonly query: string;
}

export interface WalkOptions {
  readonly schema: GraphQLSchema;
  /** The entities that a gateway may ask for, by type, and the id of one; none for what clients ask. */
  readonly entities: Readonly<Record<string, string>>;
  /** The literal for a scalar, by its place, such as `Query.order.id` or `DepositInput.accountId`, and its type. */
  readonly literal: (place: string, type: string) => string;
}

/**
 * A question for each field of each object type: on the shortest way from an entity, else from a root field. What is
 * below the field is asked for as far as it needs nothing of its own.
 */
export function questionsForEveryField({ schema, entities, literal }: WalkOptions): FieldQuestion[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(
    (type) => type != null,
  );
  const places: Place[] = [
    ...Object.entries(entities).map(([name, id]) => entityPlace(objectType(schema, name), id)),
    ...roots.map((type) => ({ type, wrap: rootOf(type) })),
  ];
  const seen = new Set(places.map(({ type }) => type));
  const questions: FieldQuestion[] = [];
  // The list grows while it is walked: that is what makes the ways the shortest.
  for (const { type, wrap } of places) {
    for (const field of Object.values(type.getFields()).filter(({ name }) => !name.startsWith('_'))) {
      const call = `${field.name}${argumentsOf(`${type.name}.${field.name}`, field, literal)}`;
      questions.push({ field: `${type.name}.${field.name}`, query: wrap(`${call} ${leavesOf(field)}`) });
      const below = getNamedType(field.type);
      if (!isObjectType(below) || seen.has(below)) continue;
      seen.add(below);
      places.push({ type: below, wrap: (selection) => wrap(`${call} { ${selection} }`) });
    }
  }
  return questions;
}

/** Every field of every object type that a schema has of its own. */
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

interface Place {
  readonly type: GraphQLObjectType;
  /** The operation around a selection on the type. */
  readonly wrap: (selection: string) => string;
}

function objectType(schema: GraphQLSchema, name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no object type`);
  return type;
}

/** The root types have their usual names. */
function rootOf(type: GraphQLObjectType): Place['wrap'] {
  return (selection) => `${type.name.toLowerCase()} { ${selection} }`;
}

function entityPlace(type: GraphQLObjectType, id: string): Place {
  const representation = `{ __typename: "${type.name}", id: "${id}" }`;
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

function argumentsOf(place: string, field: GraphQLField<unknown, unknown>, literal: WalkOptions['literal']): string {
  const needed = field.args
    .filter(isNeeded)
    .map(({ name, type }) => `${name}: ${literalOf(`${place}.${name}`, type, literal)}`);
  return needed.length === 0 ? '' : `(${needed.join(', ')})`;
}

function isNeeded({ type }: Pick<GraphQLArgument, 'type'>): boolean {
  return isNonNullType(type);
}

function literalOf(place: string, type: GraphQLInputType, literal: WalkOptions['literal']): string {
  if (isNonNullType(type)) return literalOf(place, type.ofType, literal);
  if (isListType(type)) return `[${literalOf(place, type.ofType, literal)}]`;
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (!isInputObjectType(type)) return literal(place, type.name);
  const fields = Object.values(type.getFields()).filter(isNeeded);
  const given = fields.map(({ name, type: below }) => `${name}: ${literalOf(`${type.name}.${name}`, below, literal)}`);
  return `{ ${given.join(', ')} }`;
}
