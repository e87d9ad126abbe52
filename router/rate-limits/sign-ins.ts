import { type DocumentNode, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { Identity, Viewer } from '#platform/identity/identity.ts';
import { rootFields } from '../root-fields.ts';

/** An operation's fields that check a password or a factor, take a new password or begin a sign-in, by response key. */
export interface SignIns {
  readonly times: number;
  /** The response keys of logins, which succeed only with a correct password. */
  readonly logins: readonly string[];
  /** The response keys of the fields that check an API client's secret. */
  readonly clientTokens: readonly string[];
}

const none: SignIns = { times: 0, logins: [], clientTokens: [] };

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
  const keysOf = (field: string) => fields.filter(([, name]) => name === field).map(([key]) => key);
  return {
    times: fields.filter(([, name]) => signInFields.has(name)).length,
    logins: keysOf('login'),
    clientTokens: keysOf('issueClientToken'),
  };
}

/**
 * Returns the viewers of the access tokens in the response, below these keys. Only valid tokens count, since the client
 * chooses the response keys.
 */
export async function viewersBelow(
  keys: readonly string[],
  data: Readonly<Record<string, unknown>>,
  identityOf: (authorization: string) => Promise<Identity | null>,
): Promise<Viewer[]> {
  const viewers: Viewer[] = [];
  for (const key of keys) {
    for (const value of Object.values(data[key] ?? {})) {
      const identity = typeof value === 'string' ? await identityOf(`Bearer ${value}`) : null;
      if (identity?.token !== 'valid') continue;
      viewers.push(identity.viewer);
      break;
    }
  }
  return viewers;
}
