import type { GraphQLSchema } from 'graphql';
import { isOfType } from './representations.ts';
import type { Data, ResolvedPlan } from './run.ts';

type PlanNode = NonNullable<ResolvedPlan['queryPlan']['node']>;
export type Rewrite = NonNullable<Extract<PlanNode, { kind: 'Fetch' }>['inputRewrites']>[number];

/** Changes a value that a fetch sends or receives in place. */
export type ApplyRewrites = (value: unknown) => void;

const fragmentPrefix = '... on ';

/**
 * Prepares the rewrites of a fetch. For a subgraph that knows only an interface, the planner sets an entity's type to
 * that interface. It also gives fields of different types different names, which are restored in the response.
 *
 * The gateway loses renamed values that are false, 0 or empty text; these rewrites keep them.
 */
export function prepareRewrites(rewrites: readonly Rewrite[] | undefined, supergraph: GraphQLSchema): ApplyRewrites {
  const prepared = (rewrites ?? []).map((rewrite) => prepareRewrite(rewrite, supergraph));
  return (value) => {
    for (const apply of prepared) apply(value);
  };
}

/** Returns the original field names by the names in a fetch; a subgraph's errors have the latter in their paths. */
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

/** Applies rewrites to each object in nested lists; other values are left unchanged. */
function onObjects(apply: ApplyRewrites): ApplyRewrites {
  return function walk(value) {
    if (Array.isArray(value)) for (const item of value) walk(item);
    else if (typeof value === 'object' && value !== null) apply(value);
  };
}
