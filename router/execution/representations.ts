import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';
import { mergeInto } from './merge.ts';
import { type Data, memberOf, type ResolvedPlan } from './run.ts';

type PlanNode = NonNullable<ResolvedPlan['queryPlan']['node']>;
export type Selection = NonNullable<Extract<PlanNode, { kind: 'Fetch' }>['requires']>[number];

/** Returns an entity's keys and required fields for a subgraph; null if one of them is unknown. */
type Representation = (entity: Data | null) => Data | null;

export function prepareRepresentation(selections: readonly Selection[], supergraph: GraphQLSchema): Representation {
  const parts = selections.map((selection) => preparePart(selection, supergraph));
  return (entity) => {
    if (entity === null) return null;
    const representation: Data = {};
    return parts.every((add) => add(entity, representation)) ? representation : null;
  };
}

/** Returns false if the selected value is unknown. */
type Part = (entity: Data, representation: Data) => boolean;

function preparePart(selection: Selection, supergraph: GraphQLSchema): Part {
  const inner = selection.selections && prepareRepresentation(selection.selections, supergraph);
  if (selection.kind === 'InlineFragment') {
    const { typeCondition } = selection;
    return (entity, representation) => {
      if (typeCondition !== undefined && isOfType(supergraph, entity, typeCondition)) {
        mergeInto(representation, inner!(entity));
      }
      return true;
    };
  }
  const key = selection.alias ?? selection.name;
  return (entity, representation) => {
    const value = memberOf(entity, key);
    if (value === undefined) return false;
    representation[key] = inner === undefined ? value : representationOf(value, inner);
    return true;
  };
}

function representationOf(value: unknown, inner: Representation): unknown {
  return Array.isArray(value) ? value.map((item) => representationOf(item, inner)) : inner(value as Data | null);
}

export function isOfType(supergraph: GraphQLSchema, { __typename: name }: Data, condition: string): boolean {
  if (name === condition) return true;
  const [type, abstract] = [supergraph.getType(String(name)), supergraph.getType(condition)];
  return (
    isAbstractType(abstract) && (isObjectType(type) || isInterfaceType(type)) && supergraph.isSubType(abstract, type)
  );
}
