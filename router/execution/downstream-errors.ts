import { GraphQLError } from 'graphql';
import { maxErrors } from '#platform/graphql/answer-form.ts';
import type { SubgraphError } from '../subgraph-client.ts';
import { clientPath } from './client-names.ts';
import { type Data, memberOf, type Position, type ResponsePath } from './run.ts';

export interface ErrorSource {
  readonly serviceName: string;
  /** The position of the fetch in the plan. */
  readonly position: Position;
  /** Returns the paths of the fetched objects, in the order of the request. */
  readonly paths: () => readonly ResponsePath[];
  readonly isOfEntities: boolean;
  /** Field names by the aliases that the fetch uses for them. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Turns a subgraph's error into errors of the whole response: with paths from its root, in the client's names. An error
 * of a whole entity fetch becomes one error per entity.
 */
export function downstreamErrors(error: SubgraphError, source: ErrorSource): GraphQLError[] {
  const { serviceName } = source;
  const message = error.message === '' ? `Error while fetching subquery from service "${serviceName}"` : error.message;
  const extensions = { code: 'DOWNSTREAM_SERVICE_ERROR', ...error.extensions, serviceName };
  return wholePaths(error.path, source).map(
    (path) => new GraphQLError(message, { ...(path === undefined ? {} : { path: clientPath(path) }), extensions }),
  );
}

/** Returns a failed fetch's error for each object that it was for, so that the client sees what is missing. */
export function fetchErrors(fault: Error, { paths }: Pick<ErrorSource, 'paths'>): GraphQLError[] {
  return paths()
    .slice(0, maxErrors)
    .map((path) => new GraphQLError(fault.message, { path: clientPath(path), originalError: fault }));
}

/** Completes a path. In an entity fetch, the subgraph's path has an index of the representations. */
function wholePaths(path: ResponsePath | undefined, source: ErrorSource): readonly (ResponsePath | undefined)[] {
  if (path === undefined) return [undefined];
  const { position, paths, isOfEntities, names } = source;
  const below = path.map((step) => names.get(String(step)) ?? step);
  if (!isOfEntities || path[0] !== '_entities') return [[...position.path, ...below]];
  if (typeof path[1] !== 'number') return paths().slice(0, maxErrors);
  return [[...(paths()[path[1]] ?? []), ...below.slice(2)]];
}

/**
 * Returns a function that finds the paths of a fetch's objects at its first call.
 *
 * @param entities the indexes of the fetched objects at the position; null for all.
 */
export function pathsIn(whole: Data, position: Position, entities: readonly number[] | null): ErrorSource['paths'] {
  let found: readonly ResponsePath[] | undefined;
  return () => {
    if (found !== undefined) return found;
    const all: ResponsePath[] = [];
    collectPaths(position.path, whole, [], all);
    found = entities === null ? all : entities.flatMap((index) => all.slice(index, index + 1));
    return found;
  };
}

function collectPaths(
  [step, ...rest]: ResponsePath,
  value: unknown,
  walked: ResponsePath,
  paths: ResponsePath[],
): void {
  if (value == null) return;
  if (step === undefined) paths.push(walked);
  else if (step !== '@') collectPaths(rest, memberOf(value as Data, String(step)), [...walked, step], paths);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collectPaths(rest, item, [...walked, index], paths);
  }
}
