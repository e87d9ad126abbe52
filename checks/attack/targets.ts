import { readFileSync } from 'node:fs';
import {
  buildASTSchema,
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLSchema,
  isLeafType,
  isObjectType,
  parse,
} from 'graphql';

/** A field with arguments, as an operation with a variable for each argument. */
export interface Target {
  readonly title: string;
  readonly query: string;
  readonly args: readonly GraphQLArgument[];
}

export function readSchema(): GraphQLSchema {
  const supergraph = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
  return buildASTSchema(parse(supergraph), { assumeValid: true });
}

/** Every mutation, every root field with arguments, and every field of the viewer with arguments. */
export function targetsOf(schema: GraphQLSchema): Target[] {
  const fieldsOf = (name: string) => {
    const type = schema.getType(name);
    return isObjectType(type) ? Object.values(type.getFields()) : [];
  };
  const withArguments = ({ args }: GraphQLField<unknown, unknown>) => args.length > 0;
  return [
    ...fieldsOf('Mutation').map((field) => targetOf('mutation', field, (call) => call)),
    ...fieldsOf('Query')
      .filter(withArguments)
      .map((field) => targetOf('query', field, (call) => call)),
    ...fieldsOf('User')
      .filter(withArguments)
      .map((field) => targetOf('query', field, (call) => `viewer { ${call} }`)),
  ];
}

function targetOf(
  operation: 'query' | 'mutation',
  field: GraphQLField<unknown, unknown>,
  around: (call: string) => string,
): Target {
  const declared = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const call = `${field.name}${passed === '' ? '' : `(${passed})`} ${leavesOf(field)}`;
  return {
    title: field.name,
    query: `${operation}${declared === '' ? '' : ` (${declared})`} { ${around(call)} }`,
    args: field.args,
  };
}

/** Selects all leaf fields in two levels: those of a payload, and those of its objects and user errors. */
function leavesOf(field: GraphQLField<unknown, unknown>, levels = 2): string {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return '';
  const below = Object.values(type.getFields()).flatMap((inner) => {
    if (inner.args.length > 0) return [];
    if (isLeafType(getNamedType(inner.type))) return [inner.name];
    return levels > 1 ? [`${inner.name} ${leavesOf(inner, levels - 1)}`] : [];
  });
  return `{ __typename ${below.join(' ')} }`;
}
