import { type DocumentNode, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { Identity } from '#platform/identity/identity.ts';
import { rootFields } from '../root-fields.ts';

/** An operation's fields that check a password or take a new one, by the names that they have in its answer. */
export interface SignIns {
  readonly times: number;
  /** Those of them that can only succeed with a password that somebody has. */
  readonly logins: readonly string[];
}

const none: SignIns = { times: 0, logins: [] };

const signInFields = new Set(['login', 'register', 'changePassword', 'deleteUser']);

/** The document is valid. */
export function signInsOf(operation: OperationDefinitionNode, document: DocumentNode): SignIns {
  if (operation.operation !== OperationTypeNode.MUTATION) return none;
  const fields = [...rootFields(operation, document)];
  return {
    times: fields.filter(([, name]) => signInFields.has(name)).length,
    logins: fields.filter(([, name]) => name === 'login').map(([key]) => key),
  };
}

/**
 * Whom these logins have signed in, by the access tokens in the answer. Only a token that is good counts: the client
 * names the fields as it likes.
 */
export async function customersSignedIn(
  logins: readonly string[],
  data: Readonly<Record<string, unknown>>,
  identityOf: (authorization: string) => Promise<Identity | null>,
): Promise<string[]> {
  const customerIds: string[] = [];
  for (const key of logins) {
    for (const value of Object.values(data[key] ?? {})) {
      const identity = typeof value === 'string' ? await identityOf(`Bearer ${value}`) : null;
      if (identity?.token !== 'valid') continue;
      customerIds.push(identity.viewer.id);
      break;
    }
  }
  return customerIds;
}
