import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { rootFields } from './root-fields.ts';

/** The root fields that a client whose token is no good any more has to be able to ask for. */
const publicFields = new Set(['register', 'login', 'refreshToken', 'logout']);

/**
 * Whether an operation's answer depends on the token: `never` where all that it asks for is public, or is about the
 * schema; `partly` where only some of it is public; else `wholly`.
 */
export type TokenDependence = 'never' | 'partly' | 'wholly';

export function tokenDependence(operation: OperationDefinitionNode, document: DocumentNode): TokenDependence {
  const asked = [...rootFields(operation, document).values()].filter((name) => !name.startsWith('__'));
  if (asked.every((name) => publicFields.has(name))) return 'never';
  return asked.some((name) => publicFields.has(name)) ? 'partly' : 'wholly';
}
