import type { GraphQLSchema } from 'graphql';
import { withExactIds } from '../exact-ids.ts';
import type { SubgraphOperation } from '../subgraph-client.ts';
import { addDownstreamError, addFetchError, pathsIn } from './downstream-errors.ts';
import { mergeInto } from './merge.ts';
import { EntitiesOperation, type Entity, prepareEntities } from './entities.ts';
import { prepareRewrites, renamedFields } from './rewrites.ts';
import { type Data, memberOf, type Position, type ResolvedPlan, type ResponsePath, type Run } from './run.ts';

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
  return step && ((run) => step(run, { path: [], objects: [run.data] }));
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
    const found = new Set<Data>();
    for (const object of position.objects) follow(object, path, 0, found);
    if (found.size > 0) await step(run, { path: [...position.path, ...path], objects: [...found] });
  };
}

/** Collects the objects at a path, in which `@` stands for each item of a list. Objects can be shared: see `Run`. */
function follow(value: unknown, path: ResponsePath, depth: number, found: Set<Data>): void {
  for (let next = depth; next < path.length; next += 1) {
    if (typeof value !== 'object' || value === null) return;
    const step = path[next]!;
    if (step === '@') {
      if (Array.isArray(value)) for (const item of value) follow(item, path, next + 1, found);
      return;
    }
    value = memberOf(value as Data, String(step));
  }
  if (Array.isArray(value)) for (const item of value) follow(item, path, path.length, found);
  else if (typeof value === 'object' && value !== null) found.add(value as Data);
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
  const document = { query: withExactIds(node.operation), operationName };
  const names = renamedFields(node.outputRewrites);
  const prepareInput = node.requires === undefined ? prepareRootInput : prepareEntityInput;
  const inputAt = prepareInput(node, document, supergraph);
  return async (run, position) => {
    const input = inputAt(position, run);
    if (input === null) return;
    const { entities, merge } = input;
    const isOfEntities = entities !== null;
    const source = { serviceName, position, paths: pathsIn(run.data, position, entities), isOfEntities, names };
    try {
      const { data, errors } = await run.ask(serviceName, input.operation);
      for (const error of errors) addDownstreamError(run.errors, error, source);
      merge(data);
    } catch (error) {
      addFetchError(run.errors, error as Error, source);
    }
  };
}

/** The operation of a fetch, and how its result is merged. */
interface FetchInput {
  readonly operation: SubgraphOperation;
  /** The objects of each requested entity; null for a fetch of root fields. */
  readonly entities: readonly Entity[] | null;
  readonly merge: (data: Data | null) => void;
}

/** Returns null if there is nothing to fetch. */
type InputAt = (position: Position, run: Run) => FetchInput | null;

type FetchDocument = Pick<SubgraphOperation, 'query' | 'operationName'>;

function prepareRootInput(node: FetchNode, document: FetchDocument, supergraph: GraphQLSchema): InputAt {
  const rewriteOutput = prepareRewrites(node.outputRewrites, supergraph);
  return ({ objects }, run) => {
    if (objects.length === 0) return null;
    return {
      operation: { ...document, variables: variablesOf(node, run) },
      entities: null,
      merge: (data) => {
        rewriteOutput(data);
        for (const object of objects) mergeInto(object, data);
      },
    };
  };
}

function prepareEntityInput(node: FetchNode, document: FetchDocument, supergraph: GraphQLSchema): InputAt {
  const entitiesOf = prepareEntities(node.requires!, node.inputRewrites, supergraph);
  const rewriteOutput = prepareRewrites(node.outputRewrites, supergraph);
  const isRewritten = node.outputRewrites !== undefined;
  return ({ objects }, run) => {
    const requested = entitiesOf(objects);
    if (requested.length === 0) return null;
    return {
      operation: new EntitiesOperation(document, requested, variablesOf(node, run)),
      entities: requested,
      merge: (data) => {
        if (data == null) return;
        const entities = entitiesIn(data, requested.length);
        for (const [index, { objects }] of requested.entries()) {
          const entity = entities[index];
          if (typeof entity !== 'object' || entity === null) continue;
          // Rewrites depend on the type, and a subgraph need not repeat it.
          if (isRewritten) entity['__typename'] ??= objects[0]!['__typename'];
          rewriteOutput(entity);
          for (const object of objects) mergeInto(object, entity);
          if (objects.length > 1) markShared(entity, run);
        }
      },
    };
  };
}

/** Several objects have the values of an entity from now on. */
function markShared(entity: Data, { shared }: Run): void {
  for (const value of Object.values(entity)) {
    if (typeof value === 'object' && value !== null) shared.set(value, undefined);
  }
}

function entitiesIn({ _entities: entities }: Data, count: number): readonly (Data | null)[] {
  if (!Array.isArray(entities)) throw new Error('Expected "data._entities" in response to be an array');
  if (entities.length !== count) throw new Error(`Expected "data._entities" to contain ${count} elements`);
  return entities as (Data | null)[];
}

function variablesOf({ variableUsages = [] }: FetchNode, { variables }: Run): Record<string, unknown> {
  const used: Record<string, unknown> = {};
  for (const name of variableUsages) if (variables[name] !== undefined) used[name] = variables[name];
  return used;
}
