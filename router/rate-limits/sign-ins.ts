import { type DocumentNode, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { Identity } from '#platform/identity/identity.ts';
import { rootFields } from '../root-fields.ts';

/** An operation's fields that check a password or a factor, take a new password or begin a sign-in, by response key. */
export interface SignIns {
  readonly times: number;
  /** The response keys of logins, which succeed only with a correct password. */
  readonly logins: readonly string[];
}

const none: SignIns = { times: 0, logins: [] };

const signInFields = new Set([
  'login',
  'register',
  'changePassword',
  'deleteUser',
  'confirmIdentity',
  'completeLogin',
  'beginPasskeyLogin',
]);

/** Expects a valid document. */
export function signInsOf(operation: OperationDefinitionNode, document: DocumentNode): SignIns {
  if (operation.operation !== OperationTypeNode.MUTATION) return none;
  const fields = [...rootFields(operation, document)];
  return {
    times: fields.filter(([, name]) => signInFields.has(name)).length,
    logins: fields.filter(([, name]) => name === 'login').map(([key]) => key),
  };
}

/**
 * Returns the customers that these logins have signed in, by the access tokens in the response. Only valid tokens count,
 * since the client chooses the response keys.
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
