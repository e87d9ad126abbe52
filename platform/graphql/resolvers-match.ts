import { isEnumType, isInterfaceType, isObjectType, isScalarType, isUnionType, type GraphQLSchema } from 'graphql';

type Resolvers = Readonly<Record<string, unknown>>;

/**
 * Returns the faults of a resolver map that buildSubgraphSchema accepts silently: types and fields that the schema does not
 * have, and root fields without a resolver.
 */
export function resolverFaults(schema: GraphQLSchema, resolvers: Resolvers): string[] {
  return [...unknownResolvers(schema, resolvers), ...missingRootResolvers(schema, resolvers)];
}

function unknownResolvers(schema: GraphQLSchema, resolvers: Resolvers): string[] {
  return Object.entries(resolvers).flatMap(([typeName, typeResolvers]) => {
    const type = schema.getType(typeName);
    if (type === undefined) return [`there is no type ${typeName}`];
    if (isScalarType(type) || isEnumType(type) || isUnionType(type)) return [];
    if (!isObjectType(type) && !isInterfaceType(type)) return [`${typeName} takes no resolvers`];
    return Object.keys(typeResolvers as object)
      .filter((field) => field !== '__resolveReference' && !(field in type.getFields()))
      .map((field) => `there is no field ${typeName}.${field}`);
  });
}

function missingRootResolvers(schema: GraphQLSchema, resolvers: Resolvers): string[] {
  return [schema.getQueryType(), schema.getMutationType()].flatMap((root) => {
    if (root == null) return [];
    const given = Object.keys(resolvers[root.name] ?? {});
    return Object.keys(root.getFields())
      .filter((field) => !field.startsWith('_') && !given.includes(field))
      .map((field) => `${root.name}.${field} has no resolver`);
  });
}
