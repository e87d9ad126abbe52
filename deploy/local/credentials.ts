import { createHmac } from 'node:crypto';
import {
  type OutboxOwner,
  type SubgraphName,
  subgraphNames,
  subgraphs,
  type VerifiedSubgraph,
  verifiedSubgraphs,
  type WorkerGroup,
} from '#subgraphs/manifest.ts';
import { verifierUrlSetting } from '#subgraphs/settings.ts';
import { StartFault } from './start-fault.ts';

/**
 * The databases and the credentials of each. Every credential has a role of its own in PostgreSQL.
 *
 * - `owner` owns the database and its tables. Migrations connect as the owner; running processes do not.
 * - `service` is the subgraph's server; for the jobs database, the jobs processes; for the router's, the router.
 * - `worker` is the jobs process that works for the subgraph.
 * - `relay` is the jobs process that only relays the outbox.
 * - `listener` is the router, which listens to live events in the jobs database.
 * - `verifier` is `npm run verify`.
 * - `operator` is `npm run operators` and `npm run dead-letters`, which act as staff do, with an audit entry for each act.
 */
const ofQueueAndRouter = { jobs: ['owner', 'service', 'listener'], router: ['owner', 'service'] } as const;

type SubgraphCredential<Name extends SubgraphName> =
  | 'owner'
  | 'service'
  | (Name extends WorkerGroup ? 'worker' : never)
  | (Name extends OutboxOwner ? 'relay' : never)
  | (Name extends VerifiedSubgraph ? 'verifier' : never)
  | (Name extends OutboxOwner ? 'operator' : never);

function ofSubgraph(name: SubgraphName): readonly Credential[] {
  const { hasWorkers, hasOutbox, isVerified } = subgraphs[name];
  return [
    'owner',
    'service',
    ...(hasWorkers ? (['worker'] as const) : []),
    ...(hasOutbox ? (['relay'] as const) : []),
    ...(isVerified ? (['verifier'] as const) : []),
    ...(hasOutbox ? (['operator'] as const) : []),
  ];
}

export type DatabaseName = SubgraphName | keyof typeof ofQueueAndRouter;
export type CredentialOf<Name extends DatabaseName> = Name extends SubgraphName
  ? SubgraphCredential<Name>
  : Name extends keyof typeof ofQueueAndRouter
    ? (typeof ofQueueAndRouter)[Name][number]
    : never;
export type Credential = CredentialOf<DatabaseName>;

const connections = {
  ...(Object.fromEntries(subgraphNames.map((name) => [name, ofSubgraph(name)])) as Record<
    SubgraphName,
    readonly Credential[]
  >),
  ...ofQueueAndRouter,
} as const satisfies Readonly<Record<DatabaseName, readonly Credential[]>>;

/** The URLs of every database, by credential. */
export type DatabaseUrls = {
  readonly [Name in DatabaseName]: { readonly [Connecting in CredentialOf<Name>]: string };
};

/** The URLs of every database by credential, of which some may be unknown. */
export type GivenUrls = {
  readonly [Name in DatabaseName]?: { readonly [Connecting in CredentialOf<Name>]?: string };
};

export const databaseNames = Object.keys(connections) as DatabaseName[];

export function credentialsOf(name: DatabaseName): readonly Credential[] {
  return connections[name];
}

export const defaultPrefix = 'wallet_';

/** The PostgreSQL role of a credential. The prefix distinguishes several systems on one server. */
export function roleOf(name: DatabaseName, credential: Credential, prefix = defaultPrefix): string {
  if (credential === 'service') return `${prefix}${name}`;
  return credential === 'verifier' ? `${prefix}verify` : `${prefix}${name}_${credential}`;
}

/**
 * The other roles of a database, derived from the name of its owner: all names have the same prefix.
 *
 * @throws StartFault if the owner's name does not follow the rule.
 */
export function otherRolesOf(owner: string, name: DatabaseName): ReadonlyMap<Credential, string> {
  const ending = `${name}_owner`;
  if (!owner.endsWith(ending)) {
    throw new StartFault(
      `${settingOf(name, 'owner')}: the role ${owner} must have a name that ends with ${ending}; the roles of the ` +
        'processes are named after it (docs/kubernetes.md).',
    );
  }
  const prefix = owner.slice(0, -ending.length);
  const others = connections[name].filter((credential) => credential !== 'owner');
  return new Map(others.map((credential) => [credential, roleOf(name, credential, prefix)]));
}

/** The setting with the URL of a credential: BILLING_DATABASE_URL for the service, BILLING_WORKER_DATABASE_URL … */
export function settingOf(name: DatabaseName, credential: Credential): string {
  if (credential === 'verifier') return verifierUrlSetting(name);
  const suffix = credential === 'service' ? '' : `_${credential.toUpperCase()}`;
  return `${name.toUpperCase()}${suffix}_DATABASE_URL`;
}

/** The settings with the URLs that are known. */
export function settingsOf(urls: GivenUrls): Record<string, string> {
  const given = databaseNames.flatMap((name) =>
    Object.entries(urls[name] ?? {}).map(([credential, url]) => [settingOf(name, credential as Credential), url]),
  );
  return Object.fromEntries(given) as Record<string, string>;
}

/**
 * The URLs of the databases that `provision` creates on a server, with the passwords of their roles.
 *
 * @throws StartFault if the administrator's URL has no password.
 */
export function databaseUrls(adminUrl: string, prefix = defaultPrefix): DatabaseUrls {
  const urlsOf = (name: DatabaseName) =>
    connections[name].map((credential) => [
      credential,
      urlOf(adminUrl, roleOf(name, credential, prefix), `${prefix}${name}`),
    ]);
  return Object.fromEntries(databaseNames.map((name) => [name, Object.fromEntries(urlsOf(name))])) as DatabaseUrls;
}

export type VerifierUrls = Readonly<Record<VerifiedSubgraph, string>>;

/** The URLs with which `npm run verify` connects to the same databases. */
export function verifierUrls(adminUrl: string, prefix?: string): VerifierUrls {
  return verifierUrlsOf(databaseUrls(adminUrl, prefix));
}

export function verifierUrlsOf(urls: DatabaseUrls): VerifierUrls {
  return Object.fromEntries(verifiedSubgraphs.map((name) => [name, urls[name].verifier])) as VerifierUrls;
}

/** The administrator's URL, options included, for another role and database. */
function urlOf(adminUrl: string, role: string, database: string): string {
  const url = new URL(adminUrl);
  if (url.password === '') {
    throw new StartFault(
      'DATABASE_URL has no password. The passwords of the roles are derived from it: add a password; ' +
        'any will do if the server asks for none.',
    );
  }
  url.password = derivedPassword(decodeURIComponent(url.password), role);
  url.username = role;
  url.pathname = `/${database}`;
  return url.href;
}

/** Passwords are derived from the administrator's, so none has to be stored. */
export function derivedPassword(adminPassword: string, role: string): string {
  return createHmac('sha256', adminPassword).update(role).digest('hex');
}
