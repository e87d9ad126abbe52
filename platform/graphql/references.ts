import { type GraphQLSchema, isUnionType } from 'graphql';
import { fault } from '../errors/faults.ts';

/**
 * Refuses entity references that no gateway sends: of unknown types, or without an id, which is the key of every entity.
 * Reference resolvers can then rely on both.
 */
export function checkReferences(schema: GraphQLSchema): void {
  const field = schema.getQueryType()?.getFields()['_entities'];
  const union = schema.getType('_Entity');
  if (field?.resolve === undefined || !isUnionType(union)) return;
  const { resolve } = field;
  const entities = new Set<unknown>(union.getTypes().map(({ name }) => name));

  field.resolve = (root, args: { readonly representations: readonly unknown[] }, context, info) => {
    if (!args.representations.every((reference) => isReference(reference, entities))) {
      throw fault(
        'BAD_USER_INPUT',
        'A representation must have the __typename of an entity of this subgraph and an id.',
      );
    }
    return resolve(root, args, context, info);
  };
}

function isReference(value: unknown, entities: ReadonlySet<unknown>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { __typename: type, id } = value as { readonly __typename?: unknown; readonly id?: unknown };
  return entities.has(type) && typeof id === 'string';
}
