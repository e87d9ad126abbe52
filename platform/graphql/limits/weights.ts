import { type DirectiveNode, type GraphQLField, valueFromASTUntyped } from 'graphql';
import { z } from 'zod';

/** The weight of a jump from one subgraph to another: the router has to plan it, and it is a request of its own. */
export const jumpWeight = 20;

/** The number of items that are expected in a list whose field has no `@listSize`. */
export const listSize = 5;

/** The weights of introspection, whose fields are in no SDL. By type and field. */
const introspectionWeights: Readonly<Record<string, number>> = {
  'Query.__schema': 1_000,
  'Query.__type': 100,
  'Mutation.__schema': 1_000,
  'Mutation.__type': 100,
};

/** What the SDL says about the cost of a field. */
export interface FieldCost {
  /** From `@cost`. Undefined where the field has none: an object then weighs 1 for each time it can be in the result. */
  readonly weight: number | undefined;
  /** From `@listSize(assumedSize:)`: the number of items in a list without pages. */
  readonly assumedSize: number | undefined;
  /** From `@listSize(slicingArguments:)`: the argument with the size of the page. */
  readonly slicingArgument: string | undefined;
  /** From `@listSize(sizedFields:)`: the lists of the field's type that are as long as the page. */
  readonly sizedFields: readonly string[];
}

const costArguments = z.object({ weight: z.int().nonnegative() });
const listSizeArguments = z.object({
  assumedSize: z.int().nonnegative().optional(),
  slicingArguments: z.array(z.string()).max(1).default([]),
  sizedFields: z.array(z.string()).default([]),
});

type Field = GraphQLField<unknown, unknown>;

const known = new WeakMap<Field, FieldCost>();

/**
 * Reads `@cost` and `@listSize` of a field. They are part of Apollo Federation from version 2.9 on.
 *
 * @param field of a schema that was built from SDL with its directives: a subgraph's, or the supergraph.
 * @throws ZodError where a directive has another form than the rule can use.
 */
export function fieldCost(field: Field): FieldCost {
  const cost = known.get(field) ?? readFieldCost(field);
  known.set(field, cost);
  return cost;
}

/** @returns the weight of a field that the schema's types do not list. */
export function introspectionWeight(place: string): number {
  return introspectionWeights[place] ?? 0;
}

function readFieldCost({ astNode }: Field): FieldCost {
  const directives = new Map(astNode?.directives?.map((directive) => [directive.name.value, argumentsOf(directive)]));
  const size = listSizeArguments.parse(directives.get('listSize') ?? {});
  return {
    weight: directives.has('cost') ? costArguments.parse(directives.get('cost')).weight : undefined,
    assumedSize: size.assumedSize,
    slicingArgument: size.slicingArguments[0],
    sizedFields: size.sizedFields,
  };
}

function argumentsOf({ arguments: args = [] }: DirectiveNode): Record<string, unknown> {
  return Object.fromEntries(args.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
}
