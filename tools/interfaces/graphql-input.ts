import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Json, JsonObject } from '../json.ts';

/** The input type of a mutation, as JSON Schema. */
export function inputOf(api: GraphQLSchema, mutation: string): JsonObject {
  const mutations = api.getMutationType()?.getFields() ?? {};
  const input = mutations[mutation]?.args.find(({ name }) => name === 'input');
  if (input === undefined) throw new Error(`the graph has no mutation ${mutation} with an input`);
  return nonNull(input.type);
}

/** An input type, as JSON Schema. */
export function schemaOf(type: GraphQLInputType): JsonObject {
  return isNonNullType(type) ? nonNull(type.ofType) : { anyOf: [nonNull(type), { type: 'null' }] };
}

function nonNull(type: GraphQLInputType): JsonObject {
  if (isNonNullType(type)) return nonNull(type.ofType);
  if (isListType(type)) return { type: 'array', items: schemaOf(type.ofType) };
  if (isEnumType(type)) return { type: 'string', enum: type.getValues().map(({ name }) => name) };
  if (!isInputObjectType(type)) return { ...scalars[type.name] };
  const fields = Object.values(type.getFields());
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(({ name, type }): [string, Json] => [name, schemaOf(type)])),
    required: fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name),
    additionalProperties: false,
  };
}

/** The scalars, in requests and responses. */
export const scalars: Readonly<Record<string, JsonObject>> = {
  String: { type: 'string' },
  ID: { type: 'string' },
  Boolean: { type: 'boolean' },
  Int: { type: 'integer' },
  Decimal: { type: 'string', pattern: String.raw`^-?(0|[1-9]\d*)(\.\d+)?$`, examples: ['12.50'] },
  DateTime: { type: 'string', format: 'date-time' },
};
