import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { rootFields } from './root-fields.ts';

/** Root fields that a client with an expired token must be able to select. */
const publicFields = new Set([
  'register',
  'login',
  'refreshToken',
  'logout',
  'completeLogin',
  'beginPasskeyLogin',
  'issueClientToken',
]);

/**
 * Whether an operation's response depends on the token: `never` if all its root fields are public or about the schema,
 * `partly` if some are public, otherwise `wholly`.
 */
export type TokenDependence = 'never' | 'partly' | 'wholly';

export function tokenDependence(operation: OperationDefinitionNode, document: DocumentNode): TokenDependence {
  const selected = [...rootFields(operation, document).values()].filter((name) => !name.startsWith('__'));
  if (selected.every((name) => publicFields.has(name))) return 'never';
  return selected.some((name) => publicFields.has(name)) ? 'partly' : 'wholly';
}
