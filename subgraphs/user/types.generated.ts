// Generated from schema.graphql by `npm run compose`: change that.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { UserRow } from './entities/user.ts';
import type { DataExportRow } from './entities/data-export.ts';
import type { SessionRow } from './entities/session.ts';
import type { PasskeyRow } from './entities/passkey.ts';
import type { ApiClientRow } from './entities/api-client.ts';
import type { FactorsOf } from './services/second-factors.ts';
import type { CustomerRecordView } from './services/look-at-customer.ts';
import type { StaffActRow } from '../../platform/audit/staff-act.ts';
import type { UserContext } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** RFC 3339 with milliseconds, in UTC: `2026-01-31T09:30:00.000Z`. */
  DateTime: { input: Date; output: Date; }
  _FieldSet: { input: string; output: string; }
};

/** A customer: a person who holds accounts and places orders. */
export type User = {
  readonly __typename?: 'User';
  /** The customer's id. */
  readonly id: Scalars['ID']['output'];
  /** The email address, as the customer typed it: for signing in and for messages. It is unique in all its spellings. */
  readonly email: Scalars['String']['output'];
  /**
   * Whether the customer has proved that the address is theirs. Until then, the account works, and the only message to
   * the address is the proof.
   */
  readonly emailProved: Scalars['Boolean']['output'];
  /** An address that the customer has entered and not proved yet. It replaces `email` when it is proved. */
  readonly pendingEmail?: Maybe<Scalars['String']['output']>;
  /** The customer's name: 1 to 200 characters on one line. */
  readonly name: Scalars['String']['output'];
  /** When the customer registered. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The newest archive of their data that the customer requested; null where there is none. */
  readonly dataExport?: Maybe<DataExport>;
  /** The customer's open sessions, last used first: at most 50. */
  readonly sessions: ReadonlyArray<Session>;
  /** The customer's second factors. */
  readonly secondFactors: SecondFactors;
  /** The programs that act for the customer, newest first: those that have ended within 90 days, too. */
  readonly apiClients?: Maybe<ApiClientConnection>;
  /** What staff did with the profile and the sessions of the customer, and when they looked, newest first. */
  readonly accountAccess?: Maybe<CustomerActConnection>;
};


/** A customer: a person who holds accounts and places orders. */
export type UserApiClientsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A customer: a person who holds accounts and places orders. */
export type UserAccountAccessArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/**
 * A customer as staff see them. Staff with the role SUPPORT get email addresses, and the names and texts of other people,
 * masked.
 */
export type CustomerRecord = {
  readonly __typename?: 'CustomerRecord';
  /** The customer's id. */
  readonly id: Scalars['ID']['output'];
  /**
   * What the look gives: the staff member reads on with `customerRecord` for 15 minutes, in the same session. Each
   * subgraph verifies it.
   */
  readonly permit: Scalars['String']['output'];
  /** The email address. */
  readonly email: Scalars['String']['output'];
  /** Whether the customer has proved that the address is theirs. */
  readonly emailProved: Scalars['Boolean']['output'];
  /** An address that the customer has entered and not proved yet. */
  readonly pendingEmail?: Maybe<Scalars['String']['output']>;
  /** The customer's name. */
  readonly name: Scalars['String']['output'];
  /** When the customer registered. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The roles of staff that the customer has. */
  readonly roles: ReadonlyArray<StaffRole>;
  /** The customer's open sessions, last used first: at most 50. */
  readonly sessions: ReadonlyArray<Session>;
  /** The customer's second factors. */
  readonly secondFactors: SecondFactors;
};

/** The roles of staff. */
export type StaffRole =
  /** Reads, with email addresses and the texts of other people masked. */
  | 'SUPPORT'
  /** Acts for customers and the house. */
  | 'OPERATOR'
  /** Reads everything, the audit log included. */
  | 'AUDITOR';

/** What names a customer: exactly one of the fields. */
export type CustomerKey = {
  /** The customer's id. */
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  /** The customer's email address in any spelling. */
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** The number of one of the customer's accounts. */
  readonly accountNumber?: InputMaybe<Scalars['String']['input']>;
  /** The id of one of the customer's orders. */
  readonly orderId?: InputMaybe<Scalars['ID']['input']>;
};

/** A sign-in on one device. */
export type Session = {
  readonly __typename?: 'Session';
  /** The session's id. */
  readonly id: Scalars['ID']['output'];
  /** The device of the last use, in words, such as `Firefox on Windows`. */
  readonly device: Scalars['String']['output'];
  /** The network of the last use, in words, such as `this machine`. */
  readonly place: Scalars['String']['output'];
  /** When the customer signed in. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When the session's tokens were last renewed. */
  readonly lastUsedAt: Scalars['DateTime']['output'];
  /** Whether it is the session of this request. */
  readonly current: Scalars['Boolean']['output'];
};

/** What a customer needs in addition to the password. */
export type SecondFactors = {
  readonly __typename?: 'SecondFactors';
  /** Whether an authenticator app is set up. */
  readonly totp: Scalars['Boolean']['output'];
  /** How many recovery codes are unused. */
  readonly recoveryCodesLeft: Scalars['Int']['output'];
  /** The customer's passkeys, oldest first: at most ten. */
  readonly passkeys: ReadonlyArray<Passkey>;
};

/** A key on a device of the customer, or in their password manager. It signs in, alone or after the password. */
export type Passkey = {
  readonly __typename?: 'Passkey';
  /** The passkey's id. */
  readonly id: Scalars['ID']['output'];
  /** The customer's name for it. */
  readonly name: Scalars['String']['output'];
  /** When it was added. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it was last used; null where it was not. */
  readonly lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A program that acts for its customer, within its scopes. It gets access tokens with its id and its secret. */
export type ApiClient = {
  readonly __typename?: 'ApiClient';
  /** The API client's id: the `client_id` of `POST /oauth/token`. */
  readonly id: Scalars['ID']['output'];
  /** The customer's name for it. */
  readonly name: Scalars['String']['output'];
  /** What it may do, such as `orders:write`. */
  readonly scopes: ReadonlyArray<Scalars['String']['output']>;
  /** When it was created. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it ends. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** When it last got an access token; null where it did not. */
  readonly lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the secret before the newest one ends; null where there is none. */
  readonly oldSecretEndsAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was revoked; null where it was not. */
  readonly revokedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A shop: an API client with the scope `shop:orders`. Its name never changes, and another shop can have the same name. */
export type Shop = {
  readonly __typename?: 'Shop';
  /** The shop's id: the id of its API client. */
  readonly id: Scalars['ID']['output'];
  /** The public name that its owner gave it. */
  readonly name: Scalars['String']['output'];
};

/** An API client in a list, with its cursor. */
export type ApiClientEdge = {
  readonly __typename?: 'ApiClientEdge';
  /** The cursor, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The API client. */
  readonly node: ApiClient;
};

/** A page of API clients, newest first. */
export type ApiClientConnection = {
  readonly __typename?: 'ApiClientConnection';
  /** The API clients of the page, with their cursors. */
  readonly edges: ReadonlyArray<ApiClientEdge>;
  /** The API clients of the page. */
  readonly nodes: ReadonlyArray<ApiClient>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** An archive of everything that the service keeps of a customer. It can be downloaded once. */
export type DataExport = {
  readonly __typename?: 'DataExport';
  /** The archive's id. */
  readonly id: Scalars['ID']['output'];
  /** What has become of the request. */
  readonly state: DataExportState;
  /** When the customer requested it. */
  readonly requestedAt: Scalars['DateTime']['output'];
  /** Until when it can be downloaded; null until it is ready. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was downloaded; null where it was not. */
  readonly downloadedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** The states of an archive. */
export type DataExportState =
  /** A job has yet to make it ready. */
  | 'REQUESTED'
  /** It can be downloaded. */
  | 'READY'
  /** It was downloaded, and can't be downloaded again. */
  | 'DOWNLOADED'
  /** It was not downloaded in time. */
  | 'EXPIRED';

/** The customer who registers. */
export type RegisterInput = {
  /** The email address: at most 254 characters, such as `name@example.com`. */
  readonly email: Scalars['String']['input'];
  /** The customer's name: 1 to 200 characters on one line. */
  readonly name: Scalars['String']['input'];
  /** The password: 8 to 200 characters, not very common, and without the name in the email address. */
  readonly password: Scalars['String']['input'];
};

/** The customer who signs in. */
export type LoginInput = {
  /** The email address in any spelling: case, Unicode form and the form of the domain make no difference. */
  readonly email: Scalars['String']['input'];
  /** The customer's password. */
  readonly password: Scalars['String']['input'];
};

/** A session, named by its refresh token. */
export type RefreshTokenInput = {
  /** The newest refresh token of the session. */
  readonly refreshToken: Scalars['String']['input'];
};

/** The fields to change. A field that is left out stays as it is. */
export type UpdateProfileInput = {
  /**
   * The new email address: at most 254 characters. It gets a message with a link and a code, and counts when it is
   * proved. A change of the password discards a new address that is not proved yet.
   */
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** The new name: 1 to 200 characters on one line. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** From `confirmIdentity`: required for a new email address. */
  readonly confirmation?: InputMaybe<Scalars['String']['input']>;
};

/** The old and the new password. */
export type ChangePasswordInput = {
  /** The password that is valid now. */
  readonly currentPassword: Scalars['String']['input'];
  /** The new password, with the bounds of `RegisterInput.password`. */
  readonly newPassword: Scalars['String']['input'];
  /** From `confirmIdentity`: required where a second factor is set. */
  readonly confirmation?: InputMaybe<Scalars['String']['input']>;
};

/** The proof of an email address: either the link's token, or the code. */
export type ProveEmailInput = {
  /** The token in the link of the message. It needs no access token. */
  readonly token?: InputMaybe<Scalars['String']['input']>;
  /** The code in the message: 8 digits. It needs the access token of the customer, and five tries at most. */
  readonly code?: InputMaybe<Scalars['String']['input']>;
};

/** The link of a message that tells of a changed email address. */
export type UndoEmailChangeInput = {
  /** The token in the link of the message. */
  readonly token: Scalars['String']['input'];
};

/** The customer who has forgotten the password. */
export type RequestPasswordResetInput = {
  /** The email address in any spelling. */
  readonly email: Scalars['String']['input'];
};

/** The link of a message, and the new password. */
export type ResetPasswordInput = {
  /** The token in the link of the message. */
  readonly token: Scalars['String']['input'];
  /** The new password, with the bounds of `RegisterInput.password`. */
  readonly newPassword: Scalars['String']['input'];
};

/** Confirms the deletion. */
export type DeleteUserInput = {
  /** The current password: a found telephone must not be enough to delete its owner. */
  readonly password: Scalars['String']['input'];
  /** From `confirmIdentity`: required where a second factor is set. */
  readonly confirmation?: InputMaybe<Scalars['String']['input']>;
};

/** The second step of a sign-in: the challenge, and one of the codes. */
export type CompleteLoginInput = {
  /** The `token` of the challenge that `login` returned. */
  readonly challenge: Scalars['String']['input'];
  /** The newest code of the authenticator app: six digits. */
  readonly code?: InputMaybe<Scalars['String']['input']>;
  /** A recovery code, such as `abcd-efgh-ijkl-mnop`. It is used up. */
  readonly recoveryCode?: InputMaybe<Scalars['String']['input']>;
  /** The browser's response with a passkey, as JSON: at most 8192 characters. */
  readonly passkeyResponse?: InputMaybe<Scalars['String']['input']>;
};

/**
 * The viewer's password and, where a second factor is set, one of the codes; or a passkey alone. The first second factor
 * also needs `emailCode`.
 */
export type ConfirmIdentityInput = {
  /** The current password: required without a passkey. */
  readonly password?: InputMaybe<Scalars['String']['input']>;
  /** The browser's response with a passkey for `beginPasskeyConfirmation`, as JSON: at most 8192 characters. */
  readonly passkeyResponse?: InputMaybe<Scalars['String']['input']>;
  /** The newest code of the authenticator app: six digits. */
  readonly code?: InputMaybe<Scalars['String']['input']>;
  /** A recovery code, such as `abcd-efgh-ijkl-mnop`. It is used up. */
  readonly recoveryCode?: InputMaybe<Scalars['String']['input']>;
  /** The code of the message that `requestIdentityCode` sends: eight digits. Ignored where a second factor is set. */
  readonly emailCode?: InputMaybe<Scalars['String']['input']>;
};

/** A session to end. */
export type EndSessionInput = {
  /** The id of one of the viewer's sessions. */
  readonly sessionId: Scalars['ID']['input'];
};

/** A code of the authenticator app to set up. */
export type EnableTotpInput = {
  /** The newest code of the app: six digits. */
  readonly code: Scalars['String']['input'];
  /** From `confirmIdentity`. */
  readonly confirmation?: InputMaybe<Scalars['String']['input']>;
};

/** A passkey to add. */
export type AddPasskeyInput = {
  /**
   * The customer's name for it: 1 to 100 characters on one line. With the scope `shop:orders` it is public: customers see
   * it before they authorise the shop. It never changes.
   */
  readonly name: Scalars['String']['input'];
  /** The browser's response for `beginPasskeyRegistration`, as JSON: at most 8192 characters. */
  readonly response: Scalars['String']['input'];
};

/** A passkey to remove. */
export type RemovePasskeyInput = {
  /** The id of one of the viewer's passkeys. */
  readonly passkeyId: Scalars['ID']['input'];
  /** From `confirmIdentity`. */
  readonly confirmation?: InputMaybe<Scalars['String']['input']>;
};

/** An API client to create. */
export type CreateApiClientInput = {
  /** The customer's name for it: 1 to 100 characters on one line. */
  readonly name: Scalars['String']['input'];
  /**
   * What it may do: at least one of `accounts:read`, `transactions:read`, `deposits:write`, `withdrawals:write`,
   * `transfers:write`, `orders:read`, `orders:write`, `shop:orders`, `notifications:read`, `notifications:write`,
   * `webhooks:read` and `webhooks:write`.
   */
  readonly scopes: ReadonlyArray<Scalars['String']['input']>;
  /** After how many days it ends: 1 to 365. */
  readonly expiresInDays?: InputMaybe<Scalars['Int']['input']>;
  /** From `confirmIdentity`. */
  readonly confirmation?: InputMaybe<Scalars['String']['input']>;
};

/** An API client that gets a new secret. */
export type RotateApiClientSecretInput = {
  /** The id of one of the viewer's API clients. */
  readonly clientId: Scalars['ID']['input'];
  /** For how many hours the old secret still works: 0 to 168. */
  readonly overlapHours?: InputMaybe<Scalars['Int']['input']>;
  /** From `confirmIdentity`. */
  readonly confirmation?: InputMaybe<Scalars['String']['input']>;
};

/** An API client to revoke. */
export type RevokeApiClientInput = {
  /** The id of one of the viewer's API clients. */
  readonly clientId: Scalars['ID']['input'];
  /** From `confirmIdentity`. */
  readonly confirmation?: InputMaybe<Scalars['String']['input']>;
};

/** The credentials of an API client, as `POST /oauth/token` takes them. */
export type ClientTokenInput = {
  /** The API client's id. */
  readonly clientId: Scalars['String']['input'];
  /** One of its secrets. */
  readonly clientSecret: Scalars['String']['input'];
  /** The scopes of the token, separated by spaces: some of the API client's. Left out, the token has all of them. */
  readonly scope?: InputMaybe<Scalars['String']['input']>;
};

/** A change that needs a confirmation. */
export type ConfirmedInput = {
  /** From `confirmIdentity`. */
  readonly confirmation?: InputMaybe<Scalars['String']['input']>;
};

/**
 * A session: a short-lived access token, sent as `Authorization: Bearer …`, and a refresh token that can
 * be exchanged once for the next pair. All other fields are null where `userErrors` is not empty.
 */
export type AuthPayload = {
  readonly __typename?: 'AuthPayload';
  /** The access token: a signed JWT. */
  readonly accessToken?: Maybe<Scalars['String']['output']>;
  /** The refresh token. Store it where scripts cannot read it. */
  readonly refreshToken?: Maybe<Scalars['String']['output']>;
  /** When the access token stops being accepted. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The customer whose session it is. */
  readonly user?: Maybe<User>;
  /** Set by `login` where a second factor is set: `completeLogin` then begins the session. The other fields are null. */
  readonly challenge?: Maybe<SecondFactorChallenge>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A sign-in that waits for the second factor. */
export type SecondFactorChallenge = {
  readonly __typename?: 'SecondFactorChallenge';
  /** The input of `completeLogin`. */
  readonly token: Scalars['String']['output'];
  /** When it stops being accepted. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** The factors of which one is needed. */
  readonly means: ReadonlyArray<SecondFactorMeans>;
  /** The options for `navigator.credentials.get`, as JSON; null where no passkey is set up. */
  readonly passkeyOptions?: Maybe<Scalars['String']['output']>;
};

/** A kind of second factor. */
export type SecondFactorMeans =
  /** A passkey. */
  | 'PASSKEY'
  /** A code of the authenticator app. */
  | 'TOTP'
  /** A recovery code. */
  | 'RECOVERY_CODE';

/** The result of `confirmIdentity`. All other fields are null where `userErrors` is not empty. */
export type ConfirmationPayload = {
  readonly __typename?: 'ConfirmationPayload';
  /** The proof for the mutations that need one. It counts for the session that confirmed, several times until it expires. */
  readonly confirmation?: Maybe<Scalars['String']['output']>;
  /** When it stops being accepted. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The result of `beginTotp`. All other fields are null where `userErrors` is not empty. */
export type TotpSetupPayload = {
  readonly __typename?: 'TotpSetupPayload';
  /** The secret for the authenticator app, in Base32. */
  readonly secret?: Maybe<Scalars['String']['output']>;
  /** The same as an `otpauth` address, for a QR code. */
  readonly uri?: Maybe<Scalars['String']['output']>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** New recovery codes. All other fields are null where `userErrors` is not empty. */
export type RecoveryCodesPayload = {
  readonly __typename?: 'RecoveryCodesPayload';
  /** Ten codes. They are shown only here. */
  readonly codes?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What a browser needs for a passkey. All other fields are null where `userErrors` is not empty. */
export type PasskeyOptionsPayload = {
  readonly __typename?: 'PasskeyOptionsPayload';
  /** The options for `navigator.credentials`, as JSON. They are valid for five minutes, and once. */
  readonly options?: Maybe<Scalars['String']['output']>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The result of `addPasskey`. All other fields are null where `userErrors` is not empty. */
export type AddPasskeyPayload = {
  readonly __typename?: 'AddPasskeyPayload';
  /** The new passkey. */
  readonly passkey?: Maybe<Passkey>;
  /** Ten recovery codes, where there were none. They are shown only here. */
  readonly codes?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** An API client with its new secret. All other fields are null where `userErrors` is not empty. */
export type ApiClientSecretPayload = {
  readonly __typename?: 'ApiClientSecretPayload';
  /** The API client. */
  readonly apiClient?: Maybe<ApiClient>;
  /** The new secret. It is shown only here. */
  readonly clientSecret?: Maybe<Scalars['String']['output']>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The result of `revokeApiClient`. */
export type ApiClientPayload = {
  readonly __typename?: 'ApiClientPayload';
  /** The API client as changed; null when the mutation was refused. */
  readonly apiClient?: Maybe<ApiClient>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** An access token of an API client. All other fields are null where `userErrors` is not empty. */
export type ClientTokenPayload = {
  readonly __typename?: 'ClientTokenPayload';
  /** The access token: a signed JWT, sent as `Authorization: Bearer …`. */
  readonly accessToken?: Maybe<Scalars['String']['output']>;
  /** When it stops being accepted. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The scopes of the token, separated by spaces. */
  readonly scope?: Maybe<Scalars['String']['output']>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A sign-in with a passkey alone. */
export type PasskeyLoginPayload = {
  readonly __typename?: 'PasskeyLoginPayload';
  /** The options for `navigator.credentials.get`, as JSON. */
  readonly options?: Maybe<Scalars['String']['output']>;
  /** The `challenge` for `completeLogin`. */
  readonly challenge?: Maybe<Scalars['String']['output']>;
  /** When it stops being accepted. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The result of a change of the profile. */
export type UserPayload = {
  readonly __typename?: 'UserPayload';
  /** The customer as changed; null when the mutation was refused. */
  readonly user?: Maybe<User>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A customer for whom an operator acts. */
export type CustomerActInput = {
  /** The id of another customer. */
  readonly customerId: Scalars['ID']['input'];
  /** Why, for the audit log: 5 to 500 characters. */
  readonly reason: Scalars['String']['input'];
};

/** An address that a customer has shown to an operator to be theirs. */
export type RestoreEmailInput = {
  /** The id of another customer. */
  readonly customerId: Scalars['ID']['input'];
  /** The email address: at most 254 characters. It counts when it is proved. */
  readonly email: Scalars['String']['input'];
  /** Why, for the audit log: 5 to 500 characters. */
  readonly reason: Scalars['String']['input'];
};

/** A role of staff to grant or revoke. */
export type RoleInput = {
  /** The id of another customer. */
  readonly customerId: Scalars['ID']['input'];
  /** The role. */
  readonly role: StaffRole;
  /** Why, for the audit log: 5 to 500 characters. */
  readonly reason: Scalars['String']['input'];
};

/** A message to send again. */
export type ResendMessageInput = {
  /** The id of another customer. */
  readonly customerId: Scalars['ID']['input'];
  /** The id of a notification of the customer. Without it, the customer gets a new proof of the address. */
  readonly notificationId?: InputMaybe<Scalars['ID']['input']>;
  /** Why, for the audit log: 5 to 500 characters. */
  readonly reason: Scalars['String']['input'];
  /** A text that identifies the request, from 1 to 255 characters: a repeated request sends nothing more. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** The result of an act of an operator. */
export type CustomerActPayload = {
  readonly __typename?: 'CustomerActPayload';
  /** The id of the customer; null when the mutation was refused. */
  readonly customerId?: Maybe<Scalars['ID']['output']>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The result of `logout`. */
export type LogoutPayload = {
  readonly __typename?: 'LogoutPayload';
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The archive to download. */
export type DownloadMyDataInput = {
  /** The archive's id. */
  readonly exportId: Scalars['ID']['input'];
  /** From `confirmIdentity`: required. */
  readonly confirmation?: InputMaybe<Scalars['String']['input']>;
};

/** The link to use. */
export type TakeMyDataInput = {
  /** The last part of the link's path. */
  readonly token: Scalars['String']['input'];
};

/** The result of a request for an archive. */
export type DataExportPayload = {
  readonly __typename?: 'DataExportPayload';
  /** The archive; null when the mutation was refused. */
  readonly dataExport?: Maybe<DataExport>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The result of a request for a message. */
export type MailRequestPayload = {
  readonly __typename?: 'MailRequestPayload';
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The link to an archive. All other fields are null where `userErrors` is not empty. */
export type DataExportLinkPayload = {
  readonly __typename?: 'DataExportLinkPayload';
  /** The path at this server, to `GET` with the customer's access token. It works once. */
  readonly path?: Maybe<Scalars['String']['output']>;
  /** When the link stops working. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The result of a link or a code of a message. */
export type EmailPayload = {
  readonly __typename?: 'EmailPayload';
  /** The customer's email address from now on; null when the mutation was refused. */
  readonly email?: Maybe<Scalars['String']['output']>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The result of `resetPassword`. */
export type ResetPasswordPayload = {
  readonly __typename?: 'ResetPasswordPayload';
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The result of `deleteUser`. */
export type DeleteUserPayload = {
  readonly __typename?: 'DeleteUserPayload';
  /** The id of the deleted customer; null when the mutation was refused. */
  readonly deletedUserId?: Maybe<Scalars['ID']['output']>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A refusal that the customer can act on. A fault of the service is a top-level error instead. */
export type UserError = {
  readonly __typename?: 'UserError';
  /** What was refused, for programs. */
  readonly code: UserErrorCode;
  /** One sentence for the customer. */
  readonly message: Scalars['String']['output'];
  /** The path of the argument that was refused, such as `["input", "amount"]`; null where no argument is at fault. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /**
   * For a refusal by a rate limit, such as `TOO_MANY_ATTEMPTS`: the whole seconds until the client can try again.
   * Null if waiting does not help.
   */
  readonly retryAfterS?: Maybe<Scalars['Int']['output']>;
};

/** The reasons for which a mutation can be refused. */
export type UserErrorCode =
  /** The address, or another spelling of it, is already registered. */
  | 'EMAIL_TAKEN'
  /** The address is not valid, or is longer than 254 characters. */
  | 'INVALID_EMAIL'
  /** The password is too short, too long, very common, or contains the name in the email address. */
  | 'WEAK_PASSWORD'
  /** The address or the password is wrong. */
  | 'INVALID_CREDENTIALS'
  /** The refresh token, or the token of a link, is unknown, expired, used or revoked. */
  | 'INVALID_TOKEN'
  /** The code is wrong or has expired. */
  | 'INVALID_CODE'
  /** Too many codes, messages or test events: the message of the error says what to do. */
  | 'TOO_MANY_ATTEMPTS'
  /** The name is empty, longer than 200 characters, or has line breaks or control characters. */
  | 'INVALID_NAME'
  /** The customer has requested archives too often today. */
  | 'TOO_MANY_EXPORTS'
  /** It does not exist, or it belongs to another customer: the answer is the same. */
  | 'NOT_FOUND'
  /** The archive is not ready. */
  | 'EXPORT_NOT_READY'
  /** The mutation needs a valid `confirmation` from `confirmIdentity`. */
  | 'CONFIRMATION_REQUIRED'
  /** A second factor is set: send one of its codes, too. */
  | 'SECOND_FACTOR_REQUIRED'
  /** The passkey is unknown, has not signed this challenge, or its challenge has expired or was used. */
  | 'INVALID_PASSKEY'
  /** The customer has ten passkeys. */
  | 'TOO_MANY_PASSKEYS'
  /** The API client's id or secret is wrong, or the API client has expired or was revoked. */
  | 'INVALID_CLIENT'
  /** A scope does not exist, or the API client does not have it. */
  | 'INVALID_SCOPE'
  /** A number of days or hours, or a period, is out of its bounds. */
  | 'INVALID_TIME'
  /** The customer has ten live API clients, or 100 with those that ended within 90 days. */
  | 'TOO_MANY_API_CLIENTS'
  /** The API client has expired or was revoked. */
  | 'API_CLIENT_ENDED'
  /** An authenticator app is set up already. */
  | 'SECOND_FACTOR_SET'
  /** No authenticator app or passkey is set up. */
  | 'SECOND_FACTOR_NOT_SET'
  /** The reason has fewer than 5 or more than 500 characters. */
  | 'INVALID_REASON'
  /** The account or the order is the operator's own: another operator must act for them. Only mutations of staff refuse so. */
  | 'OWN_ACCOUNT'
  /**
   * The email address is not proved. Until it is, the customer gets no staff role and no message except the proof, and
   * cannot set a second factor.
   */
  | 'EMAIL_NOT_PROVED'
  /** The first second factor needs a confirmation with the code of a message: `requestIdentityCode` sends it. */
  | 'EMAIL_CODE_REQUIRED'
  /** A change of the address can still be undone. Until then, the first second factor cannot be set. */
  | 'EMAIL_CHANGED_RECENTLY'
  /** The email address is proved already, so there is no proof to send. */
  | 'EMAIL_PROVED'
  /** The idempotency key is empty or longer than 255 characters. */
  | 'INVALID_IDEMPOTENCY_KEY'
  /** The idempotency key was used before with another input. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The customer has the role already, or does not have it. */
  | 'ROLE_UNCHANGED'
  /** An account still has a balance: withdraw or transfer it first. */
  | 'ACCOUNT_NOT_EMPTY'
  /** An operator froze the account: it neither pays nor receives, and cannot be closed. */
  | 'ACCOUNT_FROZEN'
  /** An order, a refund or a transfer is still being processed: try again in a moment. */
  | 'PAYMENTS_UNDER_WAY';

/** Where a page stands in its list. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Whether there are items after this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether there are items before this page. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first item; null on an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
  /** The cursor of the last item; null on an empty page. Pass it as `after` to get the next page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** What staff did. */
export type StaffAct =
  /** Looked at a customer's data. */
  | 'LOOKED_AT_CUSTOMER'
  /** Ended a customer's sessions. */
  | 'ENDED_SESSIONS'
  /** Reset a customer's second factors. */
  | 'RESET_SECOND_FACTORS'
  /** Restored a customer's email address. */
  | 'RESTORED_EMAIL'
  /** Sent a message again. */
  | 'RESENT_MESSAGE'
  /** Granted a role of staff. */
  | 'GRANTED_ROLE'
  /** Revoked a role of staff. */
  | 'REVOKED_ROLE'
  /** Made a dead letter due again. */
  | 'REPLAYED_DEAD_LETTER'
  /** Requested a run of the reconciliation. */
  | 'REQUESTED_VERIFICATION'
  /** Froze a customer's accounts. */
  | 'FROZE'
  /** Lifted a freeze of a customer's accounts. */
  | 'UNFROZE'
  /** Requested the refund of a customer's order. */
  | 'REFUNDED_ORDER'
  /** Proposed a correction of the ledger. */
  | 'PROPOSED_CORRECTION'
  /** Approved a correction of the ledger. */
  | 'APPROVED_CORRECTION'
  /** Declined a correction of the ledger. */
  | 'DECLINED_CORRECTION'
  /** Deposited for a customer. */
  | 'DEPOSITED'
  /** Withdrew for a customer. */
  | 'WITHDREW'
  /** Looked at the house's accounts. */
  | 'LOOKED_AT_HOUSE_ACCOUNTS'
  /** Looked at the corrections of all customers. */
  | 'LOOKED_AT_CORRECTIONS'
  /** Requested an act that was refused. */
  | 'WAS_REFUSED';

/** An entry of the audit log. Each entry's hash covers all its values and the hash of the entry before it. */
export type AuditEntry = {
  readonly __typename?: 'AuditEntry';
  /** The number of the entry in its log, from 1 without gaps. */
  readonly sequence: Scalars['Int']['output'];
  /** What was done. */
  readonly act: StaffAct;
  /** The id of the staff member; null where it was done with a command on the machine. */
  readonly actorId?: Maybe<Scalars['ID']['output']>;
  /** The email address of the staff member, or the system user of the command. */
  readonly actor: Scalars['String']['output'];
  /** The session of the staff member. */
  readonly sessionId?: Maybe<Scalars['ID']['output']>;
  /** The id of the customer whom it concerns. */
  readonly customerId?: Maybe<Scalars['ID']['output']>;
  /** What it changed, as `<kind>:<id>`. */
  readonly subject?: Maybe<Scalars['String']['output']>;
  /** The changed values before, as a JSON object. */
  readonly valuesBefore?: Maybe<Scalars['String']['output']>;
  /** The changed values after, as a JSON object. */
  readonly valuesAfter?: Maybe<Scalars['String']['output']>;
  /** Why it was done. */
  readonly reason: Scalars['String']['output'];
  /** The network address from which it was done. */
  readonly caller: Scalars['String']['output'];
  /** When it was done. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The SHA-256 of the entry and of the one before it, in hexadecimal. */
  readonly hash: Scalars['String']['output'];
};

/** An entry of the audit log in a list, with its cursor. */
export type AuditEdge = {
  readonly __typename?: 'AuditEdge';
  /** The cursor, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: AuditEntry;
};

/** A page of entries, newest first. */
export type AuditConnection = {
  readonly __typename?: 'AuditConnection';
  /** The entries of the page, with their cursors. */
  readonly edges: ReadonlyArray<AuditEdge>;
  /** The entries of the page. */
  readonly nodes: ReadonlyArray<AuditEntry>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** Conditions for entries of the audit log: all that are given must hold. Bounds are inclusive. */
export type AuditFilter = {
  /** The id of the staff member. */
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** The id of the customer. */
  readonly customerId?: InputMaybe<Scalars['ID']['input']>;
  /** What was done. */
  readonly acts?: InputMaybe<ReadonlyArray<StaffAct>>;
  /** The earliest time. */
  readonly createdAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** The latest time. */
  readonly createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
};

/** What staff did for a customer, or looked at, as the customer sees it. */
export type CustomerAct = {
  readonly __typename?: 'CustomerAct';
  /** The number of the act in its log. */
  readonly sequence: Scalars['Int']['output'];
  /** What was done. */
  readonly act: StaffAct;
  /** When it was done. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** An act of staff in a list, with its cursor. */
export type CustomerActEdge = {
  readonly __typename?: 'CustomerActEdge';
  /** The cursor, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: CustomerAct;
};

/** A page of entries, newest first. */
export type CustomerActConnection = {
  readonly __typename?: 'CustomerActConnection';
  /** The entries of the page, with their cursors. */
  readonly edges: ReadonlyArray<CustomerActEdge>;
  /** The entries of the page. */
  readonly nodes: ReadonlyArray<CustomerAct>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A change that a worker gave up on, after all its attempts. It contains ids only, no texts of customers. */
export type DeadLetter = {
  readonly __typename?: 'DeadLetter';
  /** The id, which is unique in its subgraph. */
  readonly id: Scalars['ID']['output'];
  /** The kind of change, such as `order-placed`, which names the first job. */
  readonly kind: Scalars['String']['output'];
  /** The ids of what the change is about. */
  readonly key: Scalars['String']['output'];
  /** How often it was attempted. */
  readonly attempts: Scalars['Int']['output'];
  /** When the change was committed. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it was dead-lettered. */
  readonly failedAt: Scalars['DateTime']['output'];
  /** Why it failed, with email addresses masked. */
  readonly failure: Scalars['String']['output'];
};

/** A dead letter in a list, with its cursor. */
export type DeadLetterEdge = {
  readonly __typename?: 'DeadLetterEdge';
  /** The cursor, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The dead letter. */
  readonly node: DeadLetter;
};

/** A page of dead letters, newest first. */
export type DeadLetterConnection = {
  readonly __typename?: 'DeadLetterConnection';
  /** The dead letters of the page, with their cursors. */
  readonly edges: ReadonlyArray<DeadLetterEdge>;
  /** The dead letters of the page. */
  readonly nodes: ReadonlyArray<DeadLetter>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A dead letter to replay. */
export type ReplayDeadLetterInput = {
  /** The id of the dead letter. */
  readonly id: Scalars['ID']['input'];
  /** Why, for the audit log: 5 to 500 characters. */
  readonly reason: Scalars['String']['input'];
};

/** The result of replaying a dead letter. */
export type DeadLetterPayload = {
  readonly __typename?: 'DeadLetterPayload';
  /** The id of the dead letter; null when the mutation was refused. */
  readonly deadLetterId?: Maybe<Scalars['ID']['output']>;
  /** Why the mutation was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What can be read. */
export type Query = {
  readonly __typename?: 'Query';
  /** For operators: the changes of the user subgraph that a worker gave up on, newest first. */
  readonly userDeadLetters?: Maybe<DeadLetterConnection>;
  /** The audit log of what staff did with the profile and the sessions, newest first. For auditors. */
  readonly userAuditLog?: Maybe<AuditConnection>;
  /** The signed-in customer. Null without an access token; `UNAUTHENTICATED` with one that is not valid. */
  readonly viewer?: Maybe<User>;
  /**
   * For staff: a customer; null where none is found. Each request is an entry of the audit log, and the customer sees it
   * in `accountAccess`.
   */
  readonly customer?: Maybe<CustomerRecord>;
  /** For staff: the customer of a look that the audit log has, such as for the next page of a list. */
  readonly customerRecord?: Maybe<CustomerRecord>;
  /** The shop with this id, to show its registered name before a consent; null where no live shop has the id. */
  readonly shop?: Maybe<Shop>;
};


/** What can be read. */
export type QueryUserDeadLettersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  kind?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. */
export type QueryUserAuditLogArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditFilter>;
};


/** What can be read. */
export type QueryCustomerArgs = {
  by: CustomerKey;
  reason: Scalars['String']['input'];
};


/** What can be read. */
export type QueryCustomerRecordArgs = {
  permit: Scalars['String']['input'];
};


/** What can be read. */
export type QueryShopArgs = {
  id: Scalars['ID']['input'];
};

/** What can be changed. Fields run one after the other, in the order of the document. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Registers a customer, opens an account in each currency, deposits 100.00 USD and starts a session. */
  readonly register?: Maybe<AuthPayload>;
  /** Signs a customer in and starts a session. */
  readonly login?: Maybe<AuthPayload>;
  /**
   * Exchanges a refresh token for the next pair of tokens. A second use of the same refresh token ends
   * the whole session, because a stolen token may have been used.
   */
  readonly refreshToken?: Maybe<AuthPayload>;
  /** Ends the session of the refresh token. Ending it again is no error. */
  readonly logout?: Maybe<LogoutPayload>;
  /** Ends a sign-in with the second factor or a passkey alone, and starts a session. */
  readonly completeLogin?: Maybe<AuthPayload>;
  /**
   * Confirms that the viewer knows the password and has the second factor, or has a passkey. Ten wrong passwords or codes in 15 minutes
   * refuse the right ones, too, until the time has passed.
   */
  readonly confirmIdentity?: Maybe<ConfirmationPayload>;
  /** Ends one of the viewer's sessions. Ending it again is no error. */
  readonly endSession?: Maybe<UserPayload>;
  /** Ends the viewer's sessions except the current one. */
  readonly endOtherSessions?: Maybe<UserPayload>;
  /**
   * Sends the viewer a code to the proved email address, for `confirmIdentity`. It refuses more than a few messages in an
   * hour.
   */
  readonly requestIdentityCode?: Maybe<MailRequestPayload>;
  /** Creates a secret for an authenticator app. It becomes a second factor with `enableTotp`. */
  readonly beginTotp?: Maybe<TotpSetupPayload>;
  /**
   * Makes the authenticator app a second factor, and returns recovery codes. The first factor needs a confirmation with
   * the code of a message (`requestIdentityCode`).
   */
  readonly enableTotp?: Maybe<RecoveryCodesPayload>;
  /** Removes the authenticator app, and the recovery codes where no passkey is left. */
  readonly disableTotp?: Maybe<UserPayload>;
  /** Replaces the recovery codes. It refuses more than 50 changes of the factors in an hour. */
  readonly renewRecoveryCodes?: Maybe<RecoveryCodesPayload>;
  /**
   * Begins to add a passkey: the browser makes it with the options, and `addPasskey` takes the browser's response. The
   * first factor needs a confirmation with the code of a message (`requestIdentityCode`).
   */
  readonly beginPasskeyRegistration?: Maybe<PasskeyOptionsPayload>;
  /** Adds a passkey, which is a second factor from then on. It needs the challenge of `beginPasskeyRegistration`. */
  readonly addPasskey?: Maybe<AddPasskeyPayload>;
  /** Removes one of the viewer's passkeys. The recovery codes go with the last factor. */
  readonly removePasskey?: Maybe<UserPayload>;
  /** Begins a confirmation with a passkey, for `confirmIdentity`. */
  readonly beginPasskeyConfirmation?: Maybe<PasskeyOptionsPayload>;
  /** Begins a sign-in with a passkey alone, for `completeLogin`. */
  readonly beginPasskeyLogin?: Maybe<PasskeyLoginPayload>;
  /**
   * Creates an API client, a program that acts for the viewer within its scopes. The viewer gets a message. It is refused
   * with `TOO_MANY_API_CLIENTS` while the viewer has ten.
   */
  readonly createApiClient?: Maybe<ApiClientSecretPayload>;
  /**
   * Gives an API client a new secret. The old one works for some hours more. If the newest secret was never used and the
   * one before it still works, the rotation replaces only the newest.
   */
  readonly rotateApiClientSecret?: Maybe<ApiClientSecretPayload>;
  /** Revokes an API client and its access tokens. Revoking it again is no error. */
  readonly revokeApiClient?: Maybe<ApiClientPayload>;
  /** Issues an access token to an API client. Programs use `POST /oauth/token`, which does the same. */
  readonly issueClientToken?: Maybe<ClientTokenPayload>;
  /**
   * Sends the viewer a new link and code that prove the email address: the new one, or else the current one. It sends
   * nothing if there is nothing to prove, and refuses more than a few messages in an hour.
   */
  readonly requestEmailProof?: Maybe<MailRequestPayload>;
  /** Proves an email address with the link or the code of a message. A new address then replaces the current one. */
  readonly proveEmail?: Maybe<EmailPayload>;
  /** Restores the email address to which the link was sent, ends every session, and sends a link for a new password there. */
  readonly undoEmailChange?: Maybe<EmailPayload>;
  /**
   * Sends a link for a new password, if the address is registered. The answer and the work of the request are the same if
   * it is not. An address that is not proved gets the message that proves it instead. Several requests within five
   * minutes send one message.
   */
  readonly requestPasswordReset?: Maybe<MailRequestPayload>;
  /** Sets a new password with the link of a message, ends every session and revokes all API clients. Sign in afterwards. */
  readonly resetPassword?: Maybe<ResetPasswordPayload>;
  /** Changes the viewer's name, and begins a change of the email address. */
  readonly updateProfile?: Maybe<UserPayload>;
  /** Changes the password, ends every session of the viewer and starts a new one. */
  readonly changePassword?: Maybe<AuthPayload>;
  /**
   * Closes the viewer's accounts and deletes the viewer's personal data in every subgraph. The ledger
   * stays, and the email address can be registered again. It is refused with `ACCOUNT_NOT_EMPTY` while an
   * account has a balance, with `ACCOUNT_FROZEN` while one is frozen, and with `PAYMENTS_UNDER_WAY` while an
   * order, a refund or a transfer is being processed.
   */
  readonly deleteUser?: Maybe<DeleteUserPayload>;
  /**
   * Requests an archive of everything that the service keeps of the viewer. A job makes it ready. While one is
   * requested or ready, this returns that one. It is refused with `TOO_MANY_EXPORTS` after three in a day.
   */
  readonly exportMyData?: Maybe<DataExportPayload>;
  /** Returns a link to a ready archive. It works once, for five minutes, and replaces an earlier link. */
  readonly downloadMyData?: Maybe<DataExportLinkPayload>;
  /** Uses a link, for `GET` of its path: the archive counts as downloaded, and the link works no more. */
  readonly takeMyData?: Maybe<DataExportPayload>;
  /**
   * For operators: ends all sessions of a customer and revokes all API clients; the customer gets a message. Access tokens
   * of the customer's sessions stay valid until they expire, but mutations of the user subgraph refuse them.
   */
  readonly endCustomerSessions?: Maybe<CustomerActPayload>;
  /** For operators: removes all second factors of a customer, who is told and signs in with the password. */
  readonly resetSecondFactors?: Maybe<CustomerActPayload>;
  /**
   * For operators: sends a link and a code to an address that the customer has shown to be theirs. When it is proved, it
   * replaces the current address, all sessions and API clients end, and second factors are removed.
   */
  readonly restoreEmail?: Maybe<CustomerActPayload>;
  /**
   * For operators: sends a notification of a customer again by mail, or a new proof of the address. Only the proof goes to
   * an address that is not proved.
   */
  readonly resendMessage?: Maybe<CustomerActPayload>;
  /**
   * For operators: grants a role of staff to a customer whose address is proved. The role counts only in sessions with a
   * second factor.
   */
  readonly grantRole?: Maybe<CustomerActPayload>;
  /** For operators: revokes a role of staff. Tokens lose it within `STAFF_ACCESS_TOKEN_TTL_S`. */
  readonly revokeRole?: Maybe<CustomerActPayload>;
  /** For operators: makes a dead letter of the user subgraph due again. It goes through all its jobs; each effect is idempotent. */
  readonly replayUserDeadLetter?: Maybe<DeadLetterPayload>;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationRegisterArgs = {
  input: RegisterInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationLoginArgs = {
  input: LoginInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationRefreshTokenArgs = {
  input: RefreshTokenInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationLogoutArgs = {
  input: RefreshTokenInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationCompleteLoginArgs = {
  input: CompleteLoginInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationConfirmIdentityArgs = {
  input: ConfirmIdentityInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationEndSessionArgs = {
  input: EndSessionInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationEnableTotpArgs = {
  input: EnableTotpInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationDisableTotpArgs = {
  input: ConfirmedInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationRenewRecoveryCodesArgs = {
  input: ConfirmedInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationBeginPasskeyRegistrationArgs = {
  input: ConfirmedInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationAddPasskeyArgs = {
  input: AddPasskeyInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationRemovePasskeyArgs = {
  input: RemovePasskeyInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationCreateApiClientArgs = {
  input: CreateApiClientInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationRotateApiClientSecretArgs = {
  input: RotateApiClientSecretInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationRevokeApiClientArgs = {
  input: RevokeApiClientInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationIssueClientTokenArgs = {
  input: ClientTokenInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationProveEmailArgs = {
  input: ProveEmailInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationUndoEmailChangeArgs = {
  input: UndoEmailChangeInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationRequestPasswordResetArgs = {
  input: RequestPasswordResetInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationResetPasswordArgs = {
  input: ResetPasswordInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationUpdateProfileArgs = {
  input: UpdateProfileInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationChangePasswordArgs = {
  input: ChangePasswordInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationDeleteUserArgs = {
  input: DeleteUserInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationExportMyDataArgs = {
  input?: InputMaybe<ConfirmedInput>;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationDownloadMyDataArgs = {
  input: DownloadMyDataInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationTakeMyDataArgs = {
  input: TakeMyDataInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationEndCustomerSessionsArgs = {
  input: CustomerActInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationResetSecondFactorsArgs = {
  input: CustomerActInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationRestoreEmailArgs = {
  input: RestoreEmailInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationResendMessageArgs = {
  input: ResendMessageInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationGrantRoleArgs = {
  input: RoleInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationRevokeRoleArgs = {
  input: RoleInput;
};


/** What can be changed. Fields run one after the other, in the order of the document. */
export type MutationReplayUserDeadLetterArgs = {
  input: ReplayDeadLetterInput;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  User: User;
  CustomerRecord: CustomerRecord;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
  CustomerRecord:
    ( { __typename: 'CustomerRecord' }
    & GraphQLRecursivePick<FederationTypes['CustomerRecord'], {"id":true,"permit":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  User: ResolverTypeWrapper<UserRow>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  CustomerRecord: ResolverTypeWrapper<CustomerRecordView>;
  StaffRole: StaffRole;
  CustomerKey: CustomerKey;
  Session: ResolverTypeWrapper<SessionRow>;
  SecondFactors: ResolverTypeWrapper<FactorsOf>;
  Passkey: ResolverTypeWrapper<PasskeyRow>;
  ApiClient: ResolverTypeWrapper<ApiClientRow>;
  Shop: ResolverTypeWrapper<Shop>;
  ApiClientEdge: ResolverTypeWrapper<Omit<ApiClientEdge, 'node'> & { node: ResolversTypes['ApiClient'] }>;
  ApiClientConnection: ResolverTypeWrapper<Omit<ApiClientConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ApiClientEdge']>, nodes: ReadonlyArray<ResolversTypes['ApiClient']> }>;
  DataExport: ResolverTypeWrapper<DataExportRow>;
  DataExportState: DataExportState;
  RegisterInput: RegisterInput;
  LoginInput: LoginInput;
  RefreshTokenInput: RefreshTokenInput;
  UpdateProfileInput: UpdateProfileInput;
  ChangePasswordInput: ChangePasswordInput;
  ProveEmailInput: ProveEmailInput;
  UndoEmailChangeInput: UndoEmailChangeInput;
  RequestPasswordResetInput: RequestPasswordResetInput;
  ResetPasswordInput: ResetPasswordInput;
  DeleteUserInput: DeleteUserInput;
  CompleteLoginInput: CompleteLoginInput;
  ConfirmIdentityInput: ConfirmIdentityInput;
  EndSessionInput: EndSessionInput;
  EnableTotpInput: EnableTotpInput;
  AddPasskeyInput: AddPasskeyInput;
  RemovePasskeyInput: RemovePasskeyInput;
  CreateApiClientInput: CreateApiClientInput;
  RotateApiClientSecretInput: RotateApiClientSecretInput;
  RevokeApiClientInput: RevokeApiClientInput;
  ClientTokenInput: ClientTokenInput;
  ConfirmedInput: ConfirmedInput;
  AuthPayload: ResolverTypeWrapper<Omit<AuthPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  SecondFactorChallenge: ResolverTypeWrapper<SecondFactorChallenge>;
  SecondFactorMeans: SecondFactorMeans;
  ConfirmationPayload: ResolverTypeWrapper<ConfirmationPayload>;
  TotpSetupPayload: ResolverTypeWrapper<TotpSetupPayload>;
  RecoveryCodesPayload: ResolverTypeWrapper<RecoveryCodesPayload>;
  PasskeyOptionsPayload: ResolverTypeWrapper<PasskeyOptionsPayload>;
  AddPasskeyPayload: ResolverTypeWrapper<Omit<AddPasskeyPayload, 'passkey'> & { passkey?: Maybe<ResolversTypes['Passkey']> }>;
  ApiClientSecretPayload: ResolverTypeWrapper<Omit<ApiClientSecretPayload, 'apiClient'> & { apiClient?: Maybe<ResolversTypes['ApiClient']> }>;
  ApiClientPayload: ResolverTypeWrapper<Omit<ApiClientPayload, 'apiClient'> & { apiClient?: Maybe<ResolversTypes['ApiClient']> }>;
  ClientTokenPayload: ResolverTypeWrapper<ClientTokenPayload>;
  PasskeyLoginPayload: ResolverTypeWrapper<PasskeyLoginPayload>;
  UserPayload: ResolverTypeWrapper<Omit<UserPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  CustomerActInput: CustomerActInput;
  RestoreEmailInput: RestoreEmailInput;
  RoleInput: RoleInput;
  ResendMessageInput: ResendMessageInput;
  CustomerActPayload: ResolverTypeWrapper<CustomerActPayload>;
  LogoutPayload: ResolverTypeWrapper<LogoutPayload>;
  DownloadMyDataInput: DownloadMyDataInput;
  TakeMyDataInput: TakeMyDataInput;
  DataExportPayload: ResolverTypeWrapper<Omit<DataExportPayload, 'dataExport'> & { dataExport?: Maybe<ResolversTypes['DataExport']> }>;
  MailRequestPayload: ResolverTypeWrapper<MailRequestPayload>;
  DataExportLinkPayload: ResolverTypeWrapper<DataExportLinkPayload>;
  EmailPayload: ResolverTypeWrapper<EmailPayload>;
  ResetPasswordPayload: ResolverTypeWrapper<ResetPasswordPayload>;
  DeleteUserPayload: ResolverTypeWrapper<DeleteUserPayload>;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  StaffAct: StaffAct;
  AuditEntry: ResolverTypeWrapper<StaffActRow>;
  AuditEdge: ResolverTypeWrapper<Omit<AuditEdge, 'node'> & { node: ResolversTypes['AuditEntry'] }>;
  AuditConnection: ResolverTypeWrapper<Omit<AuditConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['AuditEdge']>, nodes: ReadonlyArray<ResolversTypes['AuditEntry']> }>;
  AuditFilter: AuditFilter;
  CustomerAct: ResolverTypeWrapper<StaffActRow>;
  CustomerActEdge: ResolverTypeWrapper<Omit<CustomerActEdge, 'node'> & { node: ResolversTypes['CustomerAct'] }>;
  CustomerActConnection: ResolverTypeWrapper<Omit<CustomerActConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['CustomerActEdge']>, nodes: ReadonlyArray<ResolversTypes['CustomerAct']> }>;
  DeadLetter: ResolverTypeWrapper<DeadLetter>;
  DeadLetterEdge: ResolverTypeWrapper<DeadLetterEdge>;
  DeadLetterConnection: ResolverTypeWrapper<DeadLetterConnection>;
  ReplayDeadLetterInput: ReplayDeadLetterInput;
  DeadLetterPayload: ResolverTypeWrapper<DeadLetterPayload>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  User: UserRow;
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
  CustomerRecord: CustomerRecordView;
  CustomerKey: CustomerKey;
  Session: SessionRow;
  SecondFactors: FactorsOf;
  Passkey: PasskeyRow;
  ApiClient: ApiClientRow;
  Shop: Shop;
  ApiClientEdge: Omit<ApiClientEdge, 'node'> & { node: ResolversParentTypes['ApiClient'] };
  ApiClientConnection: Omit<ApiClientConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ApiClientEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ApiClient']> };
  DataExport: DataExportRow;
  RegisterInput: RegisterInput;
  LoginInput: LoginInput;
  RefreshTokenInput: RefreshTokenInput;
  UpdateProfileInput: UpdateProfileInput;
  ChangePasswordInput: ChangePasswordInput;
  ProveEmailInput: ProveEmailInput;
  UndoEmailChangeInput: UndoEmailChangeInput;
  RequestPasswordResetInput: RequestPasswordResetInput;
  ResetPasswordInput: ResetPasswordInput;
  DeleteUserInput: DeleteUserInput;
  CompleteLoginInput: CompleteLoginInput;
  ConfirmIdentityInput: ConfirmIdentityInput;
  EndSessionInput: EndSessionInput;
  EnableTotpInput: EnableTotpInput;
  AddPasskeyInput: AddPasskeyInput;
  RemovePasskeyInput: RemovePasskeyInput;
  CreateApiClientInput: CreateApiClientInput;
  RotateApiClientSecretInput: RotateApiClientSecretInput;
  RevokeApiClientInput: RevokeApiClientInput;
  ClientTokenInput: ClientTokenInput;
  ConfirmedInput: ConfirmedInput;
  AuthPayload: Omit<AuthPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  SecondFactorChallenge: SecondFactorChallenge;
  ConfirmationPayload: ConfirmationPayload;
  TotpSetupPayload: TotpSetupPayload;
  RecoveryCodesPayload: RecoveryCodesPayload;
  PasskeyOptionsPayload: PasskeyOptionsPayload;
  AddPasskeyPayload: Omit<AddPasskeyPayload, 'passkey'> & { passkey?: Maybe<ResolversParentTypes['Passkey']> };
  ApiClientSecretPayload: Omit<ApiClientSecretPayload, 'apiClient'> & { apiClient?: Maybe<ResolversParentTypes['ApiClient']> };
  ApiClientPayload: Omit<ApiClientPayload, 'apiClient'> & { apiClient?: Maybe<ResolversParentTypes['ApiClient']> };
  ClientTokenPayload: ClientTokenPayload;
  PasskeyLoginPayload: PasskeyLoginPayload;
  UserPayload: Omit<UserPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  CustomerActInput: CustomerActInput;
  RestoreEmailInput: RestoreEmailInput;
  RoleInput: RoleInput;
  ResendMessageInput: ResendMessageInput;
  CustomerActPayload: CustomerActPayload;
  LogoutPayload: LogoutPayload;
  DownloadMyDataInput: DownloadMyDataInput;
  TakeMyDataInput: TakeMyDataInput;
  DataExportPayload: Omit<DataExportPayload, 'dataExport'> & { dataExport?: Maybe<ResolversParentTypes['DataExport']> };
  MailRequestPayload: MailRequestPayload;
  DataExportLinkPayload: DataExportLinkPayload;
  EmailPayload: EmailPayload;
  ResetPasswordPayload: ResetPasswordPayload;
  DeleteUserPayload: DeleteUserPayload;
  UserError: UserError;
  PageInfo: PageInfo;
  AuditEntry: StaffActRow;
  AuditEdge: Omit<AuditEdge, 'node'> & { node: ResolversParentTypes['AuditEntry'] };
  AuditConnection: Omit<AuditConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['AuditEdge']>, nodes: ReadonlyArray<ResolversParentTypes['AuditEntry']> };
  AuditFilter: AuditFilter;
  CustomerAct: StaffActRow;
  CustomerActEdge: Omit<CustomerActEdge, 'node'> & { node: ResolversParentTypes['CustomerAct'] };
  CustomerActConnection: Omit<CustomerActConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['CustomerActEdge']>, nodes: ReadonlyArray<ResolversParentTypes['CustomerAct']> };
  DeadLetter: DeadLetter;
  DeadLetterEdge: DeadLetterEdge;
  DeadLetterConnection: DeadLetterConnection;
  ReplayDeadLetterInput: ReplayDeadLetterInput;
  DeadLetterPayload: DeadLetterPayload;
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type UserResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  emailProved?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pendingEmail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dataExport?: Resolver<Maybe<ResolversTypes['DataExport']>, ParentType, ContextType>;
  sessions?: Resolver<ReadonlyArray<ResolversTypes['Session']>, ParentType, ContextType>;
  secondFactors?: Resolver<ResolversTypes['SecondFactors'], ParentType, ContextType>;
  apiClients?: Resolver<Maybe<ResolversTypes['ApiClientConnection']>, ParentType, ContextType, RequireFields<UserApiClientsArgs, 'first'>>;
  accountAccess?: Resolver<Maybe<ResolversTypes['CustomerActConnection']>, ParentType, ContextType, RequireFields<UserAccountAccessArgs, 'first'>>;
};

export type CustomerRecordResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['CustomerRecord'] = ResolversParentTypes['CustomerRecord'], FederationReferenceType extends FederationReferenceTypes['CustomerRecord'] = FederationReferenceTypes['CustomerRecord']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CustomerRecord']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  permit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  emailProved?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pendingEmail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  roles?: Resolver<ReadonlyArray<ResolversTypes['StaffRole']>, ParentType, ContextType>;
  sessions?: Resolver<ReadonlyArray<ResolversTypes['Session']>, ParentType, ContextType>;
  secondFactors?: Resolver<ResolversTypes['SecondFactors'], ParentType, ContextType>;
};

export type SessionResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['Session'] = ResolversParentTypes['Session']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  device?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  place?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastUsedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  current?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SecondFactorsResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['SecondFactors'] = ResolversParentTypes['SecondFactors']> = {
  totp?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  recoveryCodesLeft?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  passkeys?: Resolver<ReadonlyArray<ResolversTypes['Passkey']>, ParentType, ContextType>;
};

export type PasskeyResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['Passkey'] = ResolversParentTypes['Passkey']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ApiClientResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['ApiClient'] = ResolversParentTypes['ApiClient']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  oldSecretEndsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ShopResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['Shop'] = ResolversParentTypes['Shop']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ApiClientEdgeResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['ApiClientEdge'] = ResolversParentTypes['ApiClientEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ApiClient'], ParentType, ContextType>;
};

export type ApiClientConnectionResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['ApiClientConnection'] = ResolversParentTypes['ApiClientConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ApiClientEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ApiClient']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DataExportResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['DataExport'] = ResolversParentTypes['DataExport']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['DataExportState'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  downloadedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type AuthPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['AuthPayload'] = ResolversParentTypes['AuthPayload']> = {
  accessToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  refreshToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  challenge?: Resolver<Maybe<ResolversTypes['SecondFactorChallenge']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SecondFactorChallengeResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['SecondFactorChallenge'] = ResolversParentTypes['SecondFactorChallenge']> = {
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  means?: Resolver<ReadonlyArray<ResolversTypes['SecondFactorMeans']>, ParentType, ContextType>;
  passkeyOptions?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ConfirmationPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['ConfirmationPayload'] = ResolversParentTypes['ConfirmationPayload']> = {
  confirmation?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TotpSetupPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['TotpSetupPayload'] = ResolversParentTypes['TotpSetupPayload']> = {
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  uri?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RecoveryCodesPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['RecoveryCodesPayload'] = ResolversParentTypes['RecoveryCodesPayload']> = {
  codes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PasskeyOptionsPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['PasskeyOptionsPayload'] = ResolversParentTypes['PasskeyOptionsPayload']> = {
  options?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AddPasskeyPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['AddPasskeyPayload'] = ResolversParentTypes['AddPasskeyPayload']> = {
  passkey?: Resolver<Maybe<ResolversTypes['Passkey']>, ParentType, ContextType>;
  codes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ApiClientSecretPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['ApiClientSecretPayload'] = ResolversParentTypes['ApiClientSecretPayload']> = {
  apiClient?: Resolver<Maybe<ResolversTypes['ApiClient']>, ParentType, ContextType>;
  clientSecret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ApiClientPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['ApiClientPayload'] = ResolversParentTypes['ApiClientPayload']> = {
  apiClient?: Resolver<Maybe<ResolversTypes['ApiClient']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ClientTokenPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['ClientTokenPayload'] = ResolversParentTypes['ClientTokenPayload']> = {
  accessToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  scope?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PasskeyLoginPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['PasskeyLoginPayload'] = ResolversParentTypes['PasskeyLoginPayload']> = {
  options?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  challenge?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['UserPayload'] = ResolversParentTypes['UserPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CustomerActPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['CustomerActPayload'] = ResolversParentTypes['CustomerActPayload']> = {
  customerId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type LogoutPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['LogoutPayload'] = ResolversParentTypes['LogoutPayload']> = {
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DataExportPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['DataExportPayload'] = ResolversParentTypes['DataExportPayload']> = {
  dataExport?: Resolver<Maybe<ResolversTypes['DataExport']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MailRequestPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['MailRequestPayload'] = ResolversParentTypes['MailRequestPayload']> = {
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DataExportLinkPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['DataExportLinkPayload'] = ResolversParentTypes['DataExportLinkPayload']> = {
  path?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EmailPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['EmailPayload'] = ResolversParentTypes['EmailPayload']> = {
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ResetPasswordPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['ResetPasswordPayload'] = ResolversParentTypes['ResetPasswordPayload']> = {
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteUserPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['DeleteUserPayload'] = ResolversParentTypes['DeleteUserPayload']> = {
  deletedUserId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  retryAfterS?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AuditEntryResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  act?: Resolver<ResolversTypes['StaffAct'], ParentType, ContextType>;
  actorId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sessionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  customerId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  valuesBefore?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  valuesAfter?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  caller?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditEdgeResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['AuditEdge'] = ResolversParentTypes['AuditEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type AuditConnectionResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['AuditConnection'] = ResolversParentTypes['AuditConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AuditEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['AuditEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CustomerActResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['CustomerAct'] = ResolversParentTypes['CustomerAct']> = {
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  act?: Resolver<ResolversTypes['StaffAct'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type CustomerActEdgeResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['CustomerActEdge'] = ResolversParentTypes['CustomerActEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CustomerAct'], ParentType, ContextType>;
};

export type CustomerActConnectionResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['CustomerActConnection'] = ResolversParentTypes['CustomerActConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CustomerActEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['CustomerAct']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DeadLetterResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['DeadLetter'] = ResolversParentTypes['DeadLetter']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  failedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  failure?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DeadLetterEdgeResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['DeadLetterEdge'] = ResolversParentTypes['DeadLetterEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['DeadLetter'], ParentType, ContextType>;
};

export type DeadLetterConnectionResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['DeadLetterConnection'] = ResolversParentTypes['DeadLetterConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DeadLetterEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['DeadLetter']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DeadLetterPayloadResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['DeadLetterPayload'] = ResolversParentTypes['DeadLetterPayload']> = {
  deadLetterId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  userDeadLetters?: Resolver<Maybe<ResolversTypes['DeadLetterConnection']>, ParentType, ContextType, RequireFields<QueryUserDeadLettersArgs, 'first'>>;
  userAuditLog?: Resolver<Maybe<ResolversTypes['AuditConnection']>, ParentType, ContextType, RequireFields<QueryUserAuditLogArgs, 'first'>>;
  viewer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['CustomerRecord']>, ParentType, ContextType, RequireFields<QueryCustomerArgs, 'by' | 'reason'>>;
  customerRecord?: Resolver<Maybe<ResolversTypes['CustomerRecord']>, ParentType, ContextType, RequireFields<QueryCustomerRecordArgs, 'permit'>>;
  shop?: Resolver<Maybe<ResolversTypes['Shop']>, ParentType, ContextType, RequireFields<QueryShopArgs, 'id'>>;
};

export type MutationResolvers<ContextType = UserContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  register?: Resolver<Maybe<ResolversTypes['AuthPayload']>, ParentType, ContextType, RequireFields<MutationRegisterArgs, 'input'>>;
  login?: Resolver<Maybe<ResolversTypes['AuthPayload']>, ParentType, ContextType, RequireFields<MutationLoginArgs, 'input'>>;
  refreshToken?: Resolver<Maybe<ResolversTypes['AuthPayload']>, ParentType, ContextType, RequireFields<MutationRefreshTokenArgs, 'input'>>;
  logout?: Resolver<Maybe<ResolversTypes['LogoutPayload']>, ParentType, ContextType, RequireFields<MutationLogoutArgs, 'input'>>;
  completeLogin?: Resolver<Maybe<ResolversTypes['AuthPayload']>, ParentType, ContextType, RequireFields<MutationCompleteLoginArgs, 'input'>>;
  confirmIdentity?: Resolver<Maybe<ResolversTypes['ConfirmationPayload']>, ParentType, ContextType, RequireFields<MutationConfirmIdentityArgs, 'input'>>;
  endSession?: Resolver<Maybe<ResolversTypes['UserPayload']>, ParentType, ContextType, RequireFields<MutationEndSessionArgs, 'input'>>;
  endOtherSessions?: Resolver<Maybe<ResolversTypes['UserPayload']>, ParentType, ContextType>;
  requestIdentityCode?: Resolver<Maybe<ResolversTypes['MailRequestPayload']>, ParentType, ContextType>;
  beginTotp?: Resolver<Maybe<ResolversTypes['TotpSetupPayload']>, ParentType, ContextType>;
  enableTotp?: Resolver<Maybe<ResolversTypes['RecoveryCodesPayload']>, ParentType, ContextType, RequireFields<MutationEnableTotpArgs, 'input'>>;
  disableTotp?: Resolver<Maybe<ResolversTypes['UserPayload']>, ParentType, ContextType, RequireFields<MutationDisableTotpArgs, 'input'>>;
  renewRecoveryCodes?: Resolver<Maybe<ResolversTypes['RecoveryCodesPayload']>, ParentType, ContextType, RequireFields<MutationRenewRecoveryCodesArgs, 'input'>>;
  beginPasskeyRegistration?: Resolver<Maybe<ResolversTypes['PasskeyOptionsPayload']>, ParentType, ContextType, RequireFields<MutationBeginPasskeyRegistrationArgs, 'input'>>;
  addPasskey?: Resolver<Maybe<ResolversTypes['AddPasskeyPayload']>, ParentType, ContextType, RequireFields<MutationAddPasskeyArgs, 'input'>>;
  removePasskey?: Resolver<Maybe<ResolversTypes['UserPayload']>, ParentType, ContextType, RequireFields<MutationRemovePasskeyArgs, 'input'>>;
  beginPasskeyConfirmation?: Resolver<Maybe<ResolversTypes['PasskeyOptionsPayload']>, ParentType, ContextType>;
  beginPasskeyLogin?: Resolver<Maybe<ResolversTypes['PasskeyLoginPayload']>, ParentType, ContextType>;
  createApiClient?: Resolver<Maybe<ResolversTypes['ApiClientSecretPayload']>, ParentType, ContextType, RequireFields<MutationCreateApiClientArgs, 'input'>>;
  rotateApiClientSecret?: Resolver<Maybe<ResolversTypes['ApiClientSecretPayload']>, ParentType, ContextType, RequireFields<MutationRotateApiClientSecretArgs, 'input'>>;
  revokeApiClient?: Resolver<Maybe<ResolversTypes['ApiClientPayload']>, ParentType, ContextType, RequireFields<MutationRevokeApiClientArgs, 'input'>>;
  issueClientToken?: Resolver<Maybe<ResolversTypes['ClientTokenPayload']>, ParentType, ContextType, RequireFields<MutationIssueClientTokenArgs, 'input'>>;
  requestEmailProof?: Resolver<Maybe<ResolversTypes['MailRequestPayload']>, ParentType, ContextType>;
  proveEmail?: Resolver<Maybe<ResolversTypes['EmailPayload']>, ParentType, ContextType, RequireFields<MutationProveEmailArgs, 'input'>>;
  undoEmailChange?: Resolver<Maybe<ResolversTypes['EmailPayload']>, ParentType, ContextType, RequireFields<MutationUndoEmailChangeArgs, 'input'>>;
  requestPasswordReset?: Resolver<Maybe<ResolversTypes['MailRequestPayload']>, ParentType, ContextType, RequireFields<MutationRequestPasswordResetArgs, 'input'>>;
  resetPassword?: Resolver<Maybe<ResolversTypes['ResetPasswordPayload']>, ParentType, ContextType, RequireFields<MutationResetPasswordArgs, 'input'>>;
  updateProfile?: Resolver<Maybe<ResolversTypes['UserPayload']>, ParentType, ContextType, RequireFields<MutationUpdateProfileArgs, 'input'>>;
  changePassword?: Resolver<Maybe<ResolversTypes['AuthPayload']>, ParentType, ContextType, RequireFields<MutationChangePasswordArgs, 'input'>>;
  deleteUser?: Resolver<Maybe<ResolversTypes['DeleteUserPayload']>, ParentType, ContextType, RequireFields<MutationDeleteUserArgs, 'input'>>;
  exportMyData?: Resolver<Maybe<ResolversTypes['DataExportPayload']>, ParentType, ContextType, Partial<MutationExportMyDataArgs>>;
  downloadMyData?: Resolver<Maybe<ResolversTypes['DataExportLinkPayload']>, ParentType, ContextType, RequireFields<MutationDownloadMyDataArgs, 'input'>>;
  takeMyData?: Resolver<Maybe<ResolversTypes['DataExportPayload']>, ParentType, ContextType, RequireFields<MutationTakeMyDataArgs, 'input'>>;
  endCustomerSessions?: Resolver<Maybe<ResolversTypes['CustomerActPayload']>, ParentType, ContextType, RequireFields<MutationEndCustomerSessionsArgs, 'input'>>;
  resetSecondFactors?: Resolver<Maybe<ResolversTypes['CustomerActPayload']>, ParentType, ContextType, RequireFields<MutationResetSecondFactorsArgs, 'input'>>;
  restoreEmail?: Resolver<Maybe<ResolversTypes['CustomerActPayload']>, ParentType, ContextType, RequireFields<MutationRestoreEmailArgs, 'input'>>;
  resendMessage?: Resolver<Maybe<ResolversTypes['CustomerActPayload']>, ParentType, ContextType, RequireFields<MutationResendMessageArgs, 'input'>>;
  grantRole?: Resolver<Maybe<ResolversTypes['CustomerActPayload']>, ParentType, ContextType, RequireFields<MutationGrantRoleArgs, 'input'>>;
  revokeRole?: Resolver<Maybe<ResolversTypes['CustomerActPayload']>, ParentType, ContextType, RequireFields<MutationRevokeRoleArgs, 'input'>>;
  replayUserDeadLetter?: Resolver<Maybe<ResolversTypes['DeadLetterPayload']>, ParentType, ContextType, RequireFields<MutationReplayUserDeadLetterArgs, 'input'>>;
};

export type Resolvers<ContextType = UserContext> = {
  DateTime?: GraphQLScalarType;
  User?: UserResolvers<ContextType>;
  CustomerRecord?: CustomerRecordResolvers<ContextType>;
  Session?: SessionResolvers<ContextType>;
  SecondFactors?: SecondFactorsResolvers<ContextType>;
  Passkey?: PasskeyResolvers<ContextType>;
  ApiClient?: ApiClientResolvers<ContextType>;
  Shop?: ShopResolvers<ContextType>;
  ApiClientEdge?: ApiClientEdgeResolvers<ContextType>;
  ApiClientConnection?: ApiClientConnectionResolvers<ContextType>;
  DataExport?: DataExportResolvers<ContextType>;
  AuthPayload?: AuthPayloadResolvers<ContextType>;
  SecondFactorChallenge?: SecondFactorChallengeResolvers<ContextType>;
  ConfirmationPayload?: ConfirmationPayloadResolvers<ContextType>;
  TotpSetupPayload?: TotpSetupPayloadResolvers<ContextType>;
  RecoveryCodesPayload?: RecoveryCodesPayloadResolvers<ContextType>;
  PasskeyOptionsPayload?: PasskeyOptionsPayloadResolvers<ContextType>;
  AddPasskeyPayload?: AddPasskeyPayloadResolvers<ContextType>;
  ApiClientSecretPayload?: ApiClientSecretPayloadResolvers<ContextType>;
  ApiClientPayload?: ApiClientPayloadResolvers<ContextType>;
  ClientTokenPayload?: ClientTokenPayloadResolvers<ContextType>;
  PasskeyLoginPayload?: PasskeyLoginPayloadResolvers<ContextType>;
  UserPayload?: UserPayloadResolvers<ContextType>;
  CustomerActPayload?: CustomerActPayloadResolvers<ContextType>;
  LogoutPayload?: LogoutPayloadResolvers<ContextType>;
  DataExportPayload?: DataExportPayloadResolvers<ContextType>;
  MailRequestPayload?: MailRequestPayloadResolvers<ContextType>;
  DataExportLinkPayload?: DataExportLinkPayloadResolvers<ContextType>;
  EmailPayload?: EmailPayloadResolvers<ContextType>;
  ResetPasswordPayload?: ResetPasswordPayloadResolvers<ContextType>;
  DeleteUserPayload?: DeleteUserPayloadResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditEdge?: AuditEdgeResolvers<ContextType>;
  AuditConnection?: AuditConnectionResolvers<ContextType>;
  CustomerAct?: CustomerActResolvers<ContextType>;
  CustomerActEdge?: CustomerActEdgeResolvers<ContextType>;
  CustomerActConnection?: CustomerActConnectionResolvers<ContextType>;
  DeadLetter?: DeadLetterResolvers<ContextType>;
  DeadLetterEdge?: DeadLetterEdgeResolvers<ContextType>;
  DeadLetterConnection?: DeadLetterConnectionResolvers<ContextType>;
  DeadLetterPayload?: DeadLetterPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
};

