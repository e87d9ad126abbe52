import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Client, type QueryResultRow } from 'pg';
import { createDatabases } from './database.ts';
import { graphql, type GraphqlAnswer } from './graphql.ts';
import { startSubgraphProcess, type SubgraphProcess } from './subgraph-process.ts';

interface UserErrorView {
  readonly code: string;
  /** Only where a test selects it. */
  readonly retryAfterS?: number | null;
  readonly field: string[] | null;
}

interface UserView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly createdAt: string;
}

export interface ApiClientView {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  readonly oldSecretEndsAt: string | null;
  readonly revokedAt: string | null;
}

/** The union of the mutations' payload fields. */
export interface PayloadView {
  readonly accessToken?: string | null;
  readonly refreshToken?: string | null;
  readonly expiresAt?: string | null;
  readonly user?: UserView | null;
  readonly deletedUserId?: string | null;
  readonly email?: string | null;
  readonly challenge?: {
    readonly token: string;
    readonly means: readonly string[];
    readonly passkeyOptions: string | null;
  } | null;
  /** Of a sign-in with a passkey alone. */
  readonly token?: string | null;
  readonly confirmation?: string | null;
  readonly secret?: string | null;
  readonly uri?: string | null;
  readonly codes?: readonly string[] | null;
  readonly options?: string | null;
  readonly passkey?: { readonly id: string; readonly name: string } | null;
  readonly apiClient?: ApiClientView | null;
  readonly clientSecret?: string | null;
  readonly scope?: string | null;
  readonly userErrors: readonly UserErrorView[];
}

const session = 'accessToken refreshToken expiresAt user { id email name createdAt } userErrors { code field }';
const apiClient = 'apiClient { id name scopes createdAt expiresAt lastUsedAt oldSecretEndsAt revokedAt }';
const selections = {
  register: ['RegisterInput', session],
  login: ['LoginInput', `challenge { token means passkeyOptions } ${session}`],
  refreshToken: ['RefreshTokenInput', session],
  logout: ['RefreshTokenInput', 'userErrors { code field }'],
  updateProfile: ['UpdateProfileInput', 'user { id email name createdAt } userErrors { code field }'],
  changePassword: ['ChangePasswordInput', session],
  proveEmail: ['ProveEmailInput', 'email userErrors { code field }'],
  undoEmailChange: ['UndoEmailChangeInput', 'email userErrors { code field }'],
  requestPasswordReset: ['RequestPasswordResetInput', 'userErrors { code field }'],
  resetPassword: ['ResetPasswordInput', 'userErrors { code field }'],
  completeLogin: ['CompleteLoginInput', session],
  confirmIdentity: ['ConfirmIdentityInput', 'confirmation expiresAt userErrors { code field }'],
  endSession: ['EndSessionInput', 'user { id } userErrors { code field }'],
  endOtherSessions: [null, 'user { id } userErrors { code field }'],
  requestEmailProof: [null, 'userErrors { code field }'],
  requestIdentityCode: [null, 'userErrors { code field }'],
  beginTotp: [null, 'secret uri userErrors { code field }'],
  enableTotp: ['EnableTotpInput', 'codes userErrors { code field }'],
  disableTotp: ['ConfirmedInput', 'user { id } userErrors { code field }'],
  renewRecoveryCodes: ['ConfirmedInput', 'codes userErrors { code field }'],
  beginPasskeyRegistration: ['ConfirmedInput', 'options userErrors { code field }'],
  addPasskey: ['AddPasskeyInput', 'passkey { id name } codes userErrors { code field }'],
  removePasskey: ['RemovePasskeyInput', 'user { id } userErrors { code field }'],
  beginPasskeyConfirmation: [null, 'options userErrors { code field }'],
  beginPasskeyLogin: [null, 'options token: challenge expiresAt userErrors { code field }'],
  createApiClient: ['CreateApiClientInput', `${apiClient} clientSecret userErrors { code field }`],
  rotateApiClientSecret: ['RotateApiClientSecretInput', `${apiClient} clientSecret userErrors { code field }`],
  revokeApiClient: ['RevokeApiClientInput', `${apiClient} userErrors { code field }`],
  issueClientToken: ['ClientTokenInput', 'accessToken expiresAt scope userErrors { code field }'],
  deleteUser: ['DeleteUserInput', 'deletedUserId userErrors { code field }'],
} as const;

export type UserMutation = keyof typeof selections;

/** A signed-in user. */
export interface SignedIn {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** The process of the user subgraph, with its own database. */
export interface UserSubgraph extends SubgraphProcess {
  readonly databaseUrl: string;
  /** The database with the role of the subgraph's server. */
  readonly serviceUrl: string;
  /** The database with the role of the subgraph's workers. */
  readonly workerUrl: string;
  /** The whole answer to a mutation. */
  readonly ask: (
    mutation: UserMutation,
    input: object,
    token?: string,
    ofError?: string,
  ) => Promise<GraphqlAnswer<Record<string, PayloadView>>>;
  /** The payload of a mutation that meets no fault. `ofError` selects other fields of a refusal. */
  readonly mutate: (mutation: UserMutation, input: object, token?: string, ofError?: string) => Promise<PayloadView>;
  /** The codes of the faults that a mutation meets. */
  readonly faultsOf: (mutation: UserMutation, input: object, token?: string) => Promise<readonly unknown[]>;
  readonly viewer: (token?: string) => Promise<GraphqlAnswer<{ viewer: UserView | null }>>;
  /** Confirms the identity of a signed-in user. */
  readonly confirm: (accessToken: string, password?: string) => Promise<string>;
  readonly signUp: (name?: string) => Promise<SignedIn>;
  readonly query: <Row extends QueryResultRow>(sql: string, values?: unknown[]) => Promise<Row[]>;
  /** Listens on a channel of its database; `notified` settles with the next notification there. */
  readonly listen: (channel: string) => Promise<{ readonly notified: Promise<unknown> }>;
}

export const password = 'correct horse battery staple';

/** The codes of a payload's refusals. */
export const codesOf = ({ userErrors }: PayloadView): string[] => userErrors.map(({ code }) => code);

/** @returns an unused email address. */
export function newEmail(name = 'ada'): string {
  return `${name}.${randomUUID()}@example.com`;
}

export async function startUserSubgraph(settings: Readonly<Record<string, string>> = {}): Promise<UserSubgraph> {
  const databases = await createDatabases('user');
  const databaseUrl = databases.owners.user;
  const started = await startSubgraphProcess('user', {
    USER_DATABASE_URL: databases.processes.user.service,
    // Tests share their machine.
    PASSWORD_QUEUE_WAIT_MS: '60000',
    ...settings,
  });
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();

  const ask: UserSubgraph['ask'] = async (mutation, input, token, ofError = 'code field') => {
    const [type, selected] = selections[mutation];
    const selection = selected.replace('userErrors { code field }', `userErrors { ${ofError} }`);
    const query =
      type === null
        ? `mutation { ${mutation} { ${selection} } }`
        : `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} } }`;
    return await graphql(started.url, { query, variables: type === null ? {} : { input }, token });
  };

  const mutate: UserSubgraph['mutate'] = async (mutation, input, token, ofError) => {
    const { data, errors } = await ask(mutation, input, token, ofError);
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data![mutation]!;
  };

  return {
    ...started,
    databaseUrl,
    serviceUrl: databases.processes.user.service,
    workerUrl: databases.processes.user.worker,
    ask,
    mutate,
    faultsOf: async (mutation, input, token) =>
      ((await ask(mutation, input, token)).errors ?? []).map(({ extensions }) => extensions?.code),
    viewer: async (token) =>
      await graphql(started.url, { query: '{ viewer { id email name createdAt } }', variables: {}, token }),
    confirm: async (accessToken, ownPassword = password) =>
      (await mutate('confirmIdentity', { password: ownPassword }, accessToken)).confirmation!,
    signUp: async (name = 'Ada') => {
      const email = newEmail();
      const { accessToken, refreshToken, user } = await mutate('register', { email, name, password });
      return { id: user!.id, email, password, accessToken: accessToken!, refreshToken: refreshToken! };
    },
    query: async (sql, values = []) => (await database.query(sql, values)).rows,
    listen: async (channel) => {
      await database.query(`listen ${channel}`);
      return { notified: once(database, 'notification') };
    },
    stop: async () => {
      await started.stop();
      await database.end();
      await databases.drop();
    },
  };
}
