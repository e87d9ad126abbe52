import { type DocumentNode, type NameNode, visit } from 'graphql';
import type { Data, ResponsePath, Variables } from './run.ts';

/**
 * The query planner adds fields to what the client selects: keys, `__typename`, and what another field requires. It
 * takes a client's alias of such a name for the field itself. So it is given each alias under another name, which no
 * field has, and the answer is given the client's names again. The variable of a fetch for entities is hidden likewise.
 */
const prefix = '_client_';
const entitiesVariable = 'representations';

/** The same document without a name of the client's that the planner could confuse with its own. */
export function withHiddenNames(document: DocumentNode): DocumentNode {
  return visit(document, {
    Field: (node) => {
      if (node.alias === undefined || node.alias.value === node.name.value) return undefined;
      return { ...node, alias: hidden(node.alias) };
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
