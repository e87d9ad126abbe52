import { GraphQLError } from 'graphql';
import type { SubgraphError } from '../subgraph-client.ts';
import { clientPath } from './client-names.ts';
import type { Data, Place, ResponsePath } from './run.ts';

export interface ErrorSource {
  readonly serviceName: string;
  /** What the subgraph was asked about. */
  readonly place: Place;
  readonly whole: Data;
}

/** A subgraph's error as one of the whole answer: with the path from its root, in the client's names. */
export function downstreamError(error: SubgraphError, source: ErrorSource): GraphQLError {
  const { serviceName } = source;
  const path = wholePath(error.path, source);
  return new GraphQLError(
    error.message === '' ? `Error while fetching subquery from service "${serviceName}"` : error.message,
    {
      ...(path === undefined ? {} : { path: clientPath(path) }),
      extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...error.extensions, serviceName },
    },
  );
}

/** A fault of the fetch itself, at each place that it was made for: the client sees what is missing because of it. */
export function fetchErrors(fault: Error, { place, whole }: Pick<ErrorSource, 'place' | 'whole'>): GraphQLError[] {
  const places: ResponsePath[] = [];
  collectPlaces(place.path, whole, [], places);
  return places.map((path) => new GraphQLError(fault.message, { path: clientPath(path), originalError: fault }));
}

/** An entity is told by its number, which counts the objects at the place. */
function wholePath(path: ResponsePath | undefined, { place, whole }: ErrorSource): ResponsePath | undefined {
  if (path === undefined) return undefined;
  const [root, entity] = path;
  if (root !== '_entities' || typeof entity !== 'number') return [...place.path, ...path];
  const places: ResponsePath[] = [];
  collectPlaces(place.path, whole, [], places);
  return [...(places[entity] ?? []), ...path.slice(2)];
}

function collectPlaces(path: ResponsePath, value: unknown, walked: ResponsePath, places: ResponsePath[]): void {
  const [step, ...rest] = path;
  if (value == null) return;
  if (step === undefined) places.push(walked);
  else if (Array.isArray(value)) {
    const below = step === '@' ? rest : path;
    for (const [index, item] of value.entries()) collectPlaces(below, item, [...walked, index], places);
  } else collectPlaces(rest, (value as Data)[step], [...walked, step], places);
}
