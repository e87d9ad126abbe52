import type { Problem } from '#platform/http/problem.ts';
import { type GraphCaller, graphResult } from '../graph-data.ts';
import { type Named, problemOfErrors, problemOfPayload } from './problems.ts';
import { resultAt } from './responses.ts';
import type { Route } from './route.ts';
import type { Graph } from '../graph.ts';

/** A route with the variables of its operation. */
export interface RouteRun {
  readonly route: Route;
  /** What problems call the variables. */
  readonly parameters: readonly Named[];
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The result of an operation, or the problem with which it is refused. */
export type RouteOutcome =
  /** `repeated`: an earlier request with the same idempotency key had this result. */
  | { readonly problem: null; readonly result: unknown; readonly repeated: boolean }
  | { readonly problem: Problem; readonly result: null; readonly repeated: false };

/** Runs the operation of a route in the graph. */
export async function runRoute(
  graph: Graph,
  caller: GraphCaller,
  { route, parameters, variables }: RouteRun,
): Promise<RouteOutcome> {
  const { data, errors } = await graphResult(graph, caller, { query: route.document, variables });
  const [error, ...others] = errors;
  if (error !== undefined) return refusedWith(problemOfErrors(parameters, [error, ...others]));
  const payload = resultAt(data, ['payload']) as Readonly<Record<string, unknown>> | null;
  const problem = payload === null ? null : problemOfPayload(route, parameters, payload['userErrors']);
  if (problem !== null) return refusedWith(problem);
  return { problem: null, result: resultAt(data, route.result), repeated: payload?.['repeated'] === true };
}

function refusedWith(problem: Problem): RouteOutcome {
  return { problem, result: null, repeated: false };
}
