import type { SubgraphError } from '../subgraph-client.ts';
import { clientPath } from './client-names.ts';
import type { Entity } from './entities.ts';
import type { RunErrors } from './errors.ts';
import { type Data, memberOf, type Position, type ResponsePath } from './run.ts';

export interface ErrorSource {
  readonly serviceName: string;
  /** The position of the fetch in the plan. */
  readonly position: Position;
  /** Returns the paths of the fetched objects. */
  readonly paths: () => FetchedPaths;
  readonly isOfEntities: boolean;
  /** Field names by the aliases that the fetch uses for them. */
  readonly names: ReadonlyMap<string, string>;
}

/** The paths of the fetched objects, in the client's names. */
interface FetchedPaths {
  readonly all: readonly ResponsePath[];
  /** By the entity's index in the request; empty for a fetch of root fields. */
  readonly ofEntity: ReadonlyMap<number, readonly ResponsePath[]>;
}

/**
 * Adds a subgraph's error with paths from the root of the whole response, in the client's names. An error of a whole
 * entity fetch becomes one error per position.
 */
export function addDownstreamError(errors: RunErrors, error: SubgraphError, source: ErrorSource): void {
  const { serviceName } = source;
  const message = error.message === '' ? `Error while fetching subquery from service "${serviceName}"` : error.message;
  const extensions = { code: 'DOWNSTREAM_SERVICE_ERROR', ...error.extensions, serviceName };
  for (const path of wholePaths(error.path, source)) errors.add(message, path, { extensions });
}

/** Adds a failed fetch's error for each object that it was for, so that the client sees what is missing. */
export function addFetchError(errors: RunErrors, fault: Error, { paths }: Pick<ErrorSource, 'paths'>): void {
  for (const path of paths().all) errors.add(fault.message, path, { originalError: fault });
}

/** Completes a path. In an entity fetch, the subgraph's path has an index of the representations. */
function wholePaths(path: ResponsePath | undefined, source: ErrorSource): readonly (ResponsePath | undefined)[] {
  if (path === undefined) return [undefined];
  const { position, paths, isOfEntities, names } = source;
  const below = clientPath(path.map((step) => names.get(String(step)) ?? step));
  if (!isOfEntities || path[0] !== '_entities') return [[...clientPath(position.path), ...below]];
  const [, index] = path;
  if (typeof index !== 'number') return paths().all;
  const field = below.slice(2);
  return (paths().ofEntity.get(index) ?? []).map((path) => [...path, ...field]);
}

/**
 * Returns a function that finds the paths of a fetch's objects at its first call. An object can have several paths.
 *
 * @param entities the requested entities, in their order; null for a fetch of root fields.
 */
export function pathsIn(whole: Data, position: Position, entities: readonly Entity[] | null): ErrorSource['paths'] {
  let found: FetchedPaths | undefined;
  return () => {
    found ??= collectAll(whole, position, entities);
    return found;
  };
}

function collectAll(whole: Data, position: Position, entities: readonly Entity[] | null): FetchedPaths {
  const indexes = new Map(
    (entities ?? []).flatMap(({ objects }, index) => objects.map((object) => [object, index] as const)),
  );
  const all: ResponsePath[] = [];
  const ofEntity = new Map<number, ResponsePath[]>();
  collectPaths(position.path, whole, [], (walked, value) => {
    const entity = indexes.get(value as Data);
    if (entities !== null && entity === undefined) return;
    const path = clientPath(walked);
    all.push(path);
    if (entity === undefined) return;
    const known = ofEntity.get(entity);
    if (known === undefined) ofEntity.set(entity, [path]);
    else known.push(path);
  });
  return { all, ofEntity };
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
