import type { GraphQLSchema } from 'graphql';
import type { SubgraphOperation } from '../subgraph-client.ts';
import { isOfType, prepareRepresentation, type Selection } from './representations.ts';
import { prepareRewrites, type Rewrite } from './rewrites.ts';
import { type Data, memberOf, type Variables } from './run.ts';

/** An entity to request, and the objects in the data that it completes. */
export interface Entity {
  /** The representation as JSON. */
  readonly text: string;
  readonly objects: Data[];
}

/** Returns the distinct entities of objects. Objects whose keys are unknown have none. */
type EntitiesOf = (objects: readonly Data[]) => readonly Entity[];

export function prepareEntities(
  requires: readonly Selection[],
  inputRewrites: readonly Rewrite[] | undefined,
  supergraph: GraphQLSchema,
): EntitiesOf {
  const textOf = prepareText(requires, supergraph) ?? prepareAnyText(requires, supergraph);
  const rewrite = inputRewrites === undefined ? null : prepareRewrites(inputRewrites, supergraph);
  return (objects) => {
    const entities = new Map<string, Entity>();
    for (const object of objects) {
      const text = textOf(object);
      if (text === null) continue;
      const known = entities.get(text);
      if (known === undefined) entities.set(text, { text, objects: [object] });
      else known.objects.push(object);
    }
    const all = [...entities.values()];
    return rewrite === null ? all : all.map((entity) => ({ ...entity, text: rewritten(entity.text) }));
  };

  function rewritten(text: string): string {
    const representation: unknown = JSON.parse(text);
    rewrite!(representation);
    return JSON.stringify(representation);
  }
}

/** Returns an object's representation as JSON; null if it has none. */
type TextOf = (object: Data) => string | null;

/** Writes representations of one type whose fields are scalars, without objects. Returns null for any other. */
function prepareText(requires: readonly Selection[], supergraph: GraphQLSchema): TextOf | null {
  const [fragment] = requires;
  if (requires.length !== 1 || fragment?.kind !== 'InlineFragment' || fragment.typeCondition === undefined) return null;
  const keys: string[] = [];
  for (const field of fragment.selections) {
    if (field.kind !== 'Field' || field.selections !== undefined) return null;
    keys.push(field.alias ?? field.name);
  }
  if (!keys.includes('__typename') || new Set(keys).size !== keys.length) return null;
  const { typeCondition } = fragment;
  const prefixes = keys.map((key, index) => `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`);
  return (object) => {
    if (object['__typename'] == null || !isOfType(supergraph, object, typeCondition)) return null;
    let text = '';
    for (let index = 0; index < keys.length; index += 1) {
      const value = memberOf(object, keys[index]!);
      if (value === undefined) return null;
      text += prefixes[index]! + JSON.stringify(value);
    }
    return `${text}}`;
  };
}

function prepareAnyText(requires: readonly Selection[], supergraph: GraphQLSchema): TextOf {
  const representationOf = prepareRepresentation(requires, supergraph);
  return (object) => {
    const representation = representationOf(object);
    return representation?.['__typename'] == null ? null : JSON.stringify(representation);
  };
}

/** A fetch of entities. Its variables are written as text; few readers need them as values. */
export class EntitiesOperation implements SubgraphOperation {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variablesText: string;

  constructor(
    { query, operationName }: Pick<SubgraphOperation, 'query' | 'operationName'>,
    entities: readonly Entity[],
    others: Variables,
  ) {
    this.query = query;
    this.operationName = operationName;
    const rest = JSON.stringify(others).slice(1, -1);
    const representations = entities.map(({ text }) => text).join(',');
    this.variablesText = `{${rest}${rest === '' ? '' : ','}"representations":[${representations}]}`;
  }

  get variables(): Variables {
    return JSON.parse(this.variablesText) as Variables;
  }
}
