import { createHmac } from 'node:crypto';
import { StartFault } from './start-fault.ts';

/**
 * The databases, and who connects to each: every one of them with a role of its own.
 *
 * - `owner` owns the database and its tables. Migrations connect as the owner; no process that runs does.
 * - `service` is the subgraph's server; for the jobs database, the jobs processes; for the router's, the router.
 * - `worker` is the jobs process that works for the subgraph.
 * - `relay` is the jobs process that only relays the outbox.
 * - `listener` is the router, which listens to live events in the jobs database.
 * - `verifier` is `npm run verify`.
 */
const connections = {
  user: ['owner', 'service', 'worker', 'relay', 'verifier'],
  billing: ['owner', 'service', 'worker', 'relay', 'verifier'],
  order: ['owner', 'service', 'worker', 'relay', 'verifier'],
  notification: ['owner', 'service', 'worker', 'verifier'],
  jobs: ['owner', 'service', 'listener'],
  router: ['owner', 'service'],
} as const;

export type DatabaseName = keyof typeof connections;
export type CredentialOf<Name extends DatabaseName> = (typeof connections)[Name][number];
export type Credential = CredentialOf<DatabaseName>;

/** The addresses of every database, by who connects. */
export type DatabaseUrls = {
  readonly [Name in DatabaseName]: { readonly [Connecting in CredentialOf<Name>]: string };
};

/** The same, where some are not known. */
export type GivenUrls = {
  readonly [Name in DatabaseName]?: { readonly [Connecting in CredentialOf<Name>]?: string };
};

export const databaseNames = Object.keys(connections) as DatabaseName[];

/** The databases with a subgraph, which `npm run verify` reads. */
export const subgraphDatabases = ['user', 'billing', 'order', 'notification'] as const;
export type SubgraphDatabase = (typeof subgraphDatabases)[number];

export function credentialsOf(name: DatabaseName): readonly Credential[] {
  return connections[name];
}

export const defaultPrefix = 'wallet_';

/** The role that connects to a database as one of its credentials. The prefix tells the systems on one server apart. */
export function roleOf(name: DatabaseName, credential: Credential, prefix = defaultPrefix): string {
  if (credential === 'service') return `${prefix}${name}`;
  return credential === 'verifier' ? `${prefix}verify` : `${prefix}${name}_${credential}`;
}

/**
 * The roles that connect to a database beside its owner, by the owner's name: all are named alike.
 *
 * @throws StartFault where the owner is not named as the others would expect.
 */
export function rolesBeside(owner: string, name: DatabaseName): ReadonlyMap<Credential, string> {
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

/** The setting that carries an address: BILLING_DATABASE_URL for the service, BILLING_WORKER_DATABASE_URL and so on. */
export function settingOf(name: DatabaseName, credential: Credential): string {
  if (credential === 'verifier') return `VERIFY_${name.toUpperCase()}_DATABASE_URL`;
  const suffix = credential === 'service' ? '' : `_${credential.toUpperCase()}`;
  return `${name.toUpperCase()}${suffix}_DATABASE_URL`;
}

/** The settings that carry addresses which are known. */
export function settingsOf(urls: GivenUrls): Record<string, string> {
  const given = databaseNames.flatMap((name) =>
    Object.entries(urls[name] ?? {}).map(([credential, url]) => [settingOf(name, credential as Credential), url]),
  );
  return Object.fromEntries(given) as Record<string, string>;
}

/**
 * The addresses of the databases that `provision` makes on a server, with the passwords of their roles.
 *
 * @throws StartFault where the administrator has no password.
 */
export function databaseUrls(adminUrl: string, prefix = defaultPrefix): DatabaseUrls {
  const urlsOf = (name: DatabaseName) =>
    connections[name].map((credential) => [
      credential,
      urlOf(adminUrl, roleOf(name, credential, prefix), `${prefix}${name}`),
    ]);
  return Object.fromEntries(databaseNames.map((name) => [name, Object.fromEntries(urlsOf(name))])) as DatabaseUrls;
}

export type VerifierUrls = Readonly<Record<SubgraphDatabase, string>>;

/** The addresses of the same databases for `npm run verify`. */
export function verifierUrls(adminUrl: string, prefix?: string): VerifierUrls {
  const { user, billing, order, notification } = databaseUrls(adminUrl, prefix);
  return {
    user: user.verifier,
    billing: billing.verifier,
    order: order.verifier,
    notification: notification.verifier,
  };
}

/** The administrator's address, options included, for another role and database. */
function urlOf(adminUrl: string, role: string, database: string): string {
  const url = new URL(adminUrl);
  if (url.password === '') {
    throw new StartFault(
      'DATABASE_URL has no password, which those of the databases are derived from: add one, ' +
        'any where the server asks for none.',
    );
  }
  url.password = derivedPassword(decodeURIComponent(url.password), role);
  url.username = role;
  url.pathname = `/${database}`;
  return url.href;
}

/** Passwords are derived from the administrator's, so that none has to be kept. */
export function derivedPassword(adminPassword: string, role: string): string {
  return createHmac('sha256', adminPassword).update(role).digest('hex');
}
