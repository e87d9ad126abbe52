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
 * The query planner adds fields to what the client selects: keys, `__typename`, and what another field requires. It
 * takes a client's alias of such a name for the field itself. So it is given each alias under another name, which no
 * field has, and the answer is given the client's names again. The variable of a fetch for entities is hidden likewise.
 * A field that a subgraph requires with arguments gets an alias too: the client may select it with other arguments.
 */
const prefix = '_client_';
const entitiesVariable = 'representations';

/**
 * The same document without a name of the client's that the planner could confuse with its own.
 *
 * @param required names of fields that are hidden without an alias too: see `requiredWithArguments`.
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

/** Names of fields that take arguments and that some subgraph requires, by the `@requires` in the supergraph. */
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

/** The client's name for what a subgraph answers under this one. */
export function clientName(key: string): string {
  return key.startsWith(prefix) ? key.slice(prefix.length) : key;
}

export function clientPath(path: ResponsePath): ResponsePath {
  return path.map((step) => (typeof step === 'string' ? clientName(step) : step));
}

/** Data of the gateway's under the client's names. */
export function clientData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clientData);
  if (typeof value !== 'object' || value === null) return value;
  const data: Data = Object.create(null);
  for (const [key, part] of Object.entries(value)) data[clientName(key)] = clientData(part);
  return data;
}
