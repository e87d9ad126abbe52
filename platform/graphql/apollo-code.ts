import { GraphQLError } from 'graphql';
import type { FaultCode } from '../errors/faults.ts';

/**
 * Returns the catalogue's code for a request that Apollo Server refuses with a status, but with no code or with the code
 * of another status. Null for any other error.
 */
export function apolloCode(error: unknown): FaultCode | null {
  if (!(error instanceof GraphQLError)) return null;
  const { code, http } = error.extensions as { code?: unknown; http?: { status?: number } };
  if (http?.status === 405) return 'METHOD_NOT_ALLOWED';
  // Only a persisted query of another version, or with a hash that is not the query's, is refused like this.
  if (http?.status === 400 && code === undefined) return 'PERSISTED_QUERY_NOT_FOUND';
  return null;
}
