import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  type NameNode,
  visit,
} from 'graphql';
import type { Data, ResponsePath, Variables } from './run.ts';

/**
 * The prefix that hides names of the client from the query planner.
 *
 * The planner adds fields to the client's selection: keys, `__typename`, and what other fields require. It takes a
 * client's alias of such a name for the field itself. So each alias is replaced by a prefixed name before planning and
 * restored in the response. The variable `representations` of entity fetches is hidden likewise. A field that a subgraph
 * requires with arguments gets an alias too, since the client may select it with other arguments.
 */
const prefix = '_client_';
const entitiesVariable = 'representations';

/**
 * Returns the document without client names that the planner could confuse with its own.
 *
 * @param required names of fields to hide even without an alias: see `requiredWithArguments`.
 */
export function withHiddenNames(document: DocumentNode, required: ReadonlySet<string>): DocumentNode {
  return visit(document, {
    Field: ({ alias, name, ...node }) => {
      const isAlias = alias !== undefined && alias.value !== name.value;
      if (!isAlias && !required.has(name.value)) return undefined;
      return { ...node, name, alias: hidden(alias ?? name) };
    },
    Variable: (node) => (isHiddenVariable(node.name.value) ? { ...node, name: hidden(node.name) } : undefined),
  });
}

export function withHiddenVariables(variables: Variables): Variables {
  if (!Object.keys(variables).some(isHiddenVariable)) return variables;
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [isHiddenVariable(name) ? prefix + name : name, value]),
  );
}

function isHiddenVariable(name: string): boolean {
  return name === entitiesVariable || name.startsWith(prefix);
}

function hidden(node: NameNode): NameNode {
  return { ...node, value: prefix + node.value };
}

/** Returns the names of fields with arguments that some subgraph requires, by `@requires` in the supergraph. */
export function requiredWithArguments(supergraph: GraphQLSchema): ReadonlySet<string> {
  const fields = Object.values(supergraph.getTypeMap()).flatMap(fieldsOf);
  const withArguments = new Set(fields.filter(({ args }) => args.length > 0).map(({ name }) => name));
  const required = fields.flatMap(({ astNode }) =>
    (astNode?.directives ?? []).flatMap(({ arguments: given = [] }) =>
      given.flatMap(({ name, value }) =>
        name.value === 'requires' && value.kind === Kind.STRING ? (value.value.match(/\w+/g) ?? []) : [],
      ),
    ),
  );
  return new Set(required.filter((name) => withArguments.has(name)));
}

function fieldsOf(type: GraphQLNamedType) {
  return isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
}

/** Returns the client's name for a key of subgraph data. */
export function clientName(key: string): string {
  return key.startsWith(prefix) ? key.slice(prefix.length) : key;
}

export function clientPath(path: ResponsePath): ResponsePath {
  return path.map((step) => (typeof step === 'string' ? clientName(step) : step));
}

/** Returns the gateway's data under the client's names. */
export function clientData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clientData);
  if (typeof value !== 'object' || value === null) return value;
  const data: Data = Object.create(null);
  for (const [key, part] of Object.entries(value)) data[clientName(key)] = clientData(part);
  return data;
}
