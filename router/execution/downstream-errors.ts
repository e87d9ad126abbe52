import { GraphQLError } from 'graphql';
import { maxErrors } from '#platform/graphql/answer-form.ts';
import type { SubgraphError } from '../subgraph-client.ts';
import { clientPath } from './client-names.ts';
import type { Entity } from './entities.ts';
import { type Data, memberOf, type Position, type ResponsePath } from './run.ts';

export interface ErrorSource {
  readonly serviceName: string;
  /** The position of the fetch in the plan. */
  readonly position: Position;
  /** Returns the paths of the fetched objects. */
  readonly paths: () => readonly FetchedPath[];
  readonly isOfEntities: boolean;
  /** Field names by the aliases that the fetch uses for them. */
  readonly names: ReadonlyMap<string, string>;
}

/** The path of a fetched object. */
interface FetchedPath {
  readonly path: ResponsePath;
  /** The index of its entity in the request; null for a fetch of root fields. */
  readonly entity: number | null;
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
    .map(({ path }) => new GraphQLError(fault.message, { path: clientPath(path), originalError: fault }));
}

/** Completes a path. In an entity fetch, the subgraph's path has an index of the representations. */
function wholePaths(path: ResponsePath | undefined, source: ErrorSource): readonly (ResponsePath | undefined)[] {
  if (path === undefined) return [undefined];
  const { position, paths, isOfEntities, names } = source;
  const below = path.map((step) => names.get(String(step)) ?? step);
  if (!isOfEntities || path[0] !== '_entities') return [[...position.path, ...below]];
  const [, index] = path;
  if (typeof index !== 'number')
    return paths()
      .slice(0, maxErrors)
      .map(({ path }) => path);
  const ofEntity = paths().filter(({ entity }) => entity === index);
  return ofEntity.slice(0, maxErrors).map(({ path }) => [...path, ...below.slice(2)]);
}

/**
 * Returns a function that finds the paths of a fetch's objects at its first call. An object can have several paths.
 *
 * @param entities the requested entities, in their order; null for a fetch of root fields.
 */
export function pathsIn(whole: Data, position: Position, entities: readonly Entity[] | null): ErrorSource['paths'] {
  let found: readonly FetchedPath[] | undefined;
  return () => {
    found ??= collectAll(whole, position, entities);
    return found;
  };
}

function collectAll(whole: Data, position: Position, entities: readonly Entity[] | null): readonly FetchedPath[] {
  const indexes = new Map(
    (entities ?? []).flatMap(({ objects }, index) => objects.map((object) => [object, index] as const)),
  );
  const all: FetchedPath[] = [];
  collectPaths(position.path, whole, [], (path, value) => {
    const entity = indexes.get(value as Data);
    if (entities === null) all.push({ path, entity: null });
    else if (entity !== undefined) all.push({ path, entity });
  });
  return all;
}

function collectPaths(
  [step, ...rest]: ResponsePath,
  value: unknown,
  walked: ResponsePath,
  found: (path: ResponsePath, value: unknown) => void,
): void {
  if (value == null) return;
  if (step === undefined) found(walked, value);
  else if (step !== '@') collectPaths(rest, memberOf(value as Data, String(step)), [...walked, step], found);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collectPaths(rest, item, [...walked, index], found);
  }
}
