/** A client for the wallet-and-orders API: customers' sessions, API clients, requests, lists and live updates. */
export type { Auth } from './auth.ts';
export { clientCredentials, type ClientCredentials } from './client-credentials.ts';
export type { FaultCode, Scope } from './codes.generated.ts';
export type { ConnectionOptions, RequestOptions } from './connection.ts';
export {
  accepted,
  ConnectionLost,
  type Fault,
  Refused,
  RequestFailed,
  TokenRefused,
  type UserError,
  WalletError,
} from './errors.ts';
export { operation, type Operation } from './operation.ts';
export * from './operations.generated.ts';
export type { RetryOptions } from './retry.ts';
export {
  createSession,
  type Customer,
  type Challenge,
  type Session,
  type SessionOptions,
  type SignIn,
} from './session.ts';
export type { Event, FollowOptions } from './subscriptions.ts';
export { memoryStore, type SessionTokens, storageStore, type TokenStore } from './token-store.ts';
export { createWallet, newIdempotencyKey, type Wallet, type WalletOptions } from './wallet.ts';
