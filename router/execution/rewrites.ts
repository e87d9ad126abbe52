import type { GraphQLSchema } from 'graphql';
import { isOfType } from './representations.ts';
import type { Data, ResolvedPlan } from './run.ts';

type PlanNode = NonNullable<ResolvedPlan['queryPlan']['node']>;
type Rewrite = NonNullable<Extract<PlanNode, { kind: 'Fetch' }>['inputRewrites']>[number];

/** Changes a value that a fetch sends or receives in place. */
export type ApplyRewrites = (value: unknown) => void;

const fragmentPrefix = '... on ';

/**
 * Prepares the rewrites of a fetch. The planner sets the type of an entity to an interface for a subgraph that knows
 * only the interface, and gives fields of different types other names, which are taken back in the answer.
 *
 * The gateway loses renamed values that are false, 0 or empty text. They are kept here.
 */
export function prepareRewrites(rewrites: readonly Rewrite[] | undefined, supergraph: GraphQLSchema): ApplyRewrites {
  const prepared = (rewrites ?? []).map((rewrite) => prepareRewrite(rewrite, supergraph));
  return (value) => {
    for (const apply of prepared) apply(value);
  };
}

/** Names that a fetch has for fields of others: its errors have them in their paths. */
export function renamedFields(rewrites: readonly Rewrite[] = []): ReadonlyMap<string, string> {
  return new Map(
    rewrites.flatMap((rewrite) =>
      rewrite.kind === 'KeyRenamer' ? [[rewrite.path.at(-1)!, rewrite.renameKeyTo] as const] : [],
    ),
  );
}

function prepareRewrite(rewrite: Rewrite, supergraph: GraphQLSchema): ApplyRewrites {
  const field = rewrite.path.at(-1)!;
  let apply: ApplyRewrites = (value) => {
    const data = value as Data;
    if (rewrite.kind === 'ValueSetter') data[field] = rewrite.setValueTo;
    else if (Object.hasOwn(data, field)) {
      data[rewrite.renameKeyTo] = data[field];
      delete data[field];
    }
  };
  apply = onObjects(apply);
  for (const step of rewrite.path.slice(0, -1).toReversed()) apply = onObjects(prepareStep(step, apply, supergraph));
  return apply;
}

function prepareStep(step: string, inner: ApplyRewrites, supergraph: GraphQLSchema): ApplyRewrites {
  if (!step.startsWith(fragmentPrefix)) return (value) => inner((value as Data)[step]);
  const condition = step.slice(fragmentPrefix.length);
  return (value) => {
    const data = value as Data;
    if (data['__typename'] == null || isOfType(supergraph, data, condition)) inner(data);
  };
}

/** Lists are walked through; what is no object has nothing to rewrite. */
function onObjects(apply: ApplyRewrites): ApplyRewrites {
  return function walk(value) {
    if (Array.isArray(value)) for (const item of value) walk(item);
    else if (typeof value === 'object' && value !== null) apply(value);
  };
}
