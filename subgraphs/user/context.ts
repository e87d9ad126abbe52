import DataLoader from 'dataloader';
import type { Manager } from '#platform/postgres/database.ts';
import { byId } from '#platform/graphql/loading.ts';
import type { Outbox } from '#subgraphs/outbox.ts';
import type { BaseContext } from '#platform/graphql/subgraph.ts';
import type { UserRow } from './entities/user.ts';
import type { Deletions } from './services/deletions.ts';
import { findUsers } from './services/find-users.ts';
import type { Passwords } from './services/passwords.ts';
import type { SessionRules } from './services/sessions.ts';
import type { Keyring } from './services/signing-keys.ts';

/** What all requests share. */
export interface UserParts {
  readonly keyring: Keyring;
  readonly passwords: Passwords;
  readonly deletions: Deletions;
  readonly rules: SessionRules;
  /** Where billing answers GraphQL. */
  readonly billingUrl: string;
  readonly outbox: Outbox;
}

export interface UserContext extends BaseContext, UserParts {
  readonly em: Manager;
  readonly users: DataLoader<string, UserRow | null>;
  /** Ids of those whom this request has signed in: it may show them although it came without their token. */
  readonly signedIn: Set<string>;
}

export function createContext(base: BaseContext, em: Manager, parts: UserParts): UserContext {
  return {
    ...base,
    ...parts,
    em,
    users: new DataLoader(async (ids) => byId(ids, await findUsers(em, ids))),
    signedIn: new Set(),
  };
}
