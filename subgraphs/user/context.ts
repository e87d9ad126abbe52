import DataLoader from 'dataloader';
import type { Manager } from '#platform/postgres/database.ts';
import { byId } from '#platform/graphql/loading.ts';
import type { Outbox } from '#subgraphs/outbox.ts';
import type { BaseContext } from '#platform/graphql/subgraph.ts';
import type { UserRow } from './entities/user.ts';
import type { Revocations } from './services/revocations.ts';
import type { ProofRules } from './services/email-proofs.ts';
import { findUsers } from './services/find-users.ts';
import type { Passwords } from './services/passwords.ts';
import type { RelyingParty } from './services/relying-party.ts';
import type { ResetRules } from './services/request-password-reset.ts';
import type { ConfirmationRules } from './services/confirmations.ts';
import type { FactorSecrets } from './services/factor-secrets.ts';
import type { SessionRules } from './services/sessions.ts';
import type { Keyring } from './services/signing-keys.ts';

/** The parts that all requests share. */
export interface UserParts {
  readonly keyring: Keyring;
  readonly passwords: Passwords;
  readonly revocations: Revocations;
  readonly factorSecrets: FactorSecrets;
  readonly site: RelyingParty;
  readonly rules: SessionRules & ConfirmationRules & ProofRules & ResetRules;
  /** The URL of billing's GraphQL endpoint. */
  readonly billingUrl: string;
  /** The URL of order's GraphQL endpoint. */
  readonly orderUrl: string;
  /** The URL of notification's GraphQL endpoint. */
  readonly notificationUrl: string;
  readonly outbox: Outbox;
}

export interface UserContext extends BaseContext, UserParts {
  readonly em: Manager;
  readonly users: DataLoader<string, UserRow | null>;
  /** The ids of users whom this request signed in. It may show them, even without their token. */
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
