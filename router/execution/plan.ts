import type { GraphQLSchema } from 'graphql';
import { withExactIds } from '../exact-ids.ts';
import { downstreamErrors, fetchErrors, pathsIn } from './downstream-errors.ts';
import { mergeInto } from './merge.ts';
import { prepareRepresentation } from './representations.ts';
import { prepareRewrites, renamedFields } from './rewrites.ts';
import {
  type Data,
  memberOf,
  type Position,
  type ResolvedPlan,
  type ResponsePath,
  type Run,
  type Variables,
} from './run.ts';

type PlanNode = NonNullable<ResolvedPlan['queryPlan']['node']>;
type FetchNode = Extract<PlanNode, { kind: 'Fetch' }>;
type ConditionNode = Extract<PlanNode, { kind: 'Condition' }>;

type Step = (run: Run, position: Position) => Promise<void>;

/** Returns null if the gateway must execute the plan, because it has an unknown kind of node. */
export function preparePlan(
  node: PlanNode | undefined,
  supergraph: GraphQLSchema,
): ((run: Run) => Promise<void>) | null {
  const step = node === undefined ? noStep : prepareStep(node, supergraph);
  return step && ((run) => step(run, { path: [], at: run.data }));
}

const noStep: Step = async () => undefined;

function prepareStep(node: PlanNode, supergraph: GraphQLSchema): Step | null {
  switch (node.kind) {
    case 'Fetch':
      return prepareFetch(node, supergraph);
    case 'Sequence':
      return prepareAll(node.nodes, supergraph, async (steps, run, position) => {
        for (const step of steps) await step(run, position);
      });
    case 'Parallel':
      return prepareAll(node.nodes, supergraph, async (steps, run, position) => {
        await Promise.all(steps.map((step) => step(run, position)));
      });
    case 'Flatten':
      return prepareFlatten(node.path, prepareStep(node.node, supergraph));
    case 'Condition':
      return prepareCondition(node, supergraph);
    default:
      return null;
  }
}

function prepareAll(
  nodes: readonly PlanNode[],
  supergraph: GraphQLSchema,
  runAll: (steps: readonly Step[], run: Run, position: Position) => Promise<void>,
): Step | null {
  const steps = nodes.map((node) => prepareStep(node, supergraph));
  if (!steps.every((step) => step !== null)) return null;
  return (run, position) => runAll(steps, run, position);
}

function prepareFlatten(path: ResponsePath, step: Step | null): Step | null {
  if (step === null) return null;
  return async (run, position) => {
    const at = follow(position.at, path);
    if (at != null) await step(run, { path: [...position.path, ...path], at });
  };
}

/** Follows a path, in which `@` stands for each item of a list. Returns null if there is no list in such a position. */
function follow(value: unknown, path: ResponsePath, depth = 0): unknown {
  if (depth === path.length || value == null) return value;
  if (path[depth] === '@') {
    return Array.isArray(value) ? value.flatMap((item) => follow(item, path, depth + 1)) : null;
  }
  return follow(memberOf(value as Data, String(path[depth])), path, depth + 1);
}

function prepareCondition(node: ConditionNode, supergraph: GraphQLSchema): Step | null {
  const [yes, no] = [node.ifClause, node.elseClause].map((clause) =>
    clause === undefined ? noStep : prepareStep(clause, supergraph),
  );
  if (yes == null || no == null) return null;
  return async (run, position) => await (conditionOf(node, run) ? yes : no)(run, position);
}

function conditionOf({ condition }: ConditionNode, { variables, defaults }: Run): boolean {
  const value = variables[condition] === undefined ? defaults[condition] : variables[condition];
  if (typeof value !== 'boolean') throw new Error(`The variable $${condition} is not a Boolean.`);
  return value;
}

/** A failed fetch affects only its own part of the response. */
function prepareFetch(node: FetchNode, supergraph: GraphQLSchema): Step {
  const { serviceName, operationName } = node;
  const query = withExactIds(node.operation);
  const names = renamedFields(node.outputRewrites);
  const inputAt =
    node.requires === undefined ? prepareRootInput(node, supergraph) : prepareEntityInput(node, supergraph);
  return async (run, position) => {
    const input = inputAt(position, run);
    if (input === null) return;
    const { variables, entities, merge } = input;
    const isOfEntities = entities !== null;
    const source = { serviceName, position, paths: pathsIn(run.data, position, entities), isOfEntities, names };
    try {
      const { data, errors } = await run.ask(serviceName, { query, operationName, variables });
      for (const error of errors) run.errors.push(...downstreamErrors(error, source));
      merge(data);
    } catch (error) {
      run.errors.push(...fetchErrors(error as Error, source));
    }
  };
}

/** The variables of a fetch, and how its result is merged. */
interface FetchInput {
  readonly variables: Variables;
  /** The entities to fetch, as indexes of the objects at the position; null for a fetch of root fields. */
  readonly entities: readonly number[] | null;
  readonly merge: (data: Data | null) => void;
}

/** Returns null if there is nothing to fetch. */
type InputAt = (position: Position, run: Run) => FetchInput | null;

function prepareRootInput(node: FetchNode, supergraph: GraphQLSchema): InputAt {
  const rewriteOutput = prepareRewrites(node.outputRewrites, supergraph);
  return (position, run) => {
    const targets = objectsAt(position);
    if (targets.length === 0) return null;
    return {
      variables: variablesOf(node, run),
      entities: null,
      merge: (data) => {
        rewriteOutput(data);
        for (const target of targets) mergeInto(target, data);
      },
    };
  };
}

function prepareEntityInput(node: FetchNode, supergraph: GraphQLSchema): InputAt {
  const representationOf = prepareRepresentation(node.requires!, supergraph);
  const rewriteInput = prepareRewrites(node.inputRewrites, supergraph);
  const rewriteOutput = prepareRewrites(node.outputRewrites, supergraph);
  const isRewritten = node.outputRewrites !== undefined;
  return (position, run) => {
    const known = objectsAt(position).flatMap((target, index) => {
      const representation = representationOf(target);
      return representation?.['__typename'] == null ? [] : [{ target, index, representation }];
    });
    if (known.length === 0) return null;
    const representations = known.map(({ representation }) => representation);
    rewriteInput(representations);
    return {
      variables: { ...variablesOf(node, run), representations },
      entities: known.map(({ index }) => index),
      merge: (data) => {
        if (data == null) return;
        const entities = entitiesIn(data, known.length);
        for (const [index, { target }] of known.entries()) {
          const entity = entities[index];
          if (typeof entity !== 'object' || entity === null) continue;
          // Rewrites depend on the type, and a subgraph need not repeat it.
          if (isRewritten) entity['__typename'] ??= target['__typename'];
          rewriteOutput(entity);
          mergeInto(target, entity);
        }
      },
    };
  };
}

function entitiesIn({ _entities: entities }: Data, count: number): readonly (Data | null)[] {
  if (!Array.isArray(entities)) throw new Error('Expected "data._entities" in response to be an array');
  if (entities.length !== count) throw new Error(`Expected "data._entities" to contain ${count} elements`);
  return entities as (Data | null)[];
}

function objectsAt({ at }: Position): readonly Data[] {
  return (Array.isArray(at) ? at.filter((item) => item != null) : [at]) as Data[];
}

function variablesOf({ variableUsages = [] }: FetchNode, { variables }: Run): Record<string, unknown> {
  const used: Record<string, unknown> = {};
  for (const name of variableUsages) if (variables[name] !== undefined) used[name] = variables[name];
  return used;
}
