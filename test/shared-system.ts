import type { PartName } from '#local/parts.ts';
import type { OneUrlEach, TestDatabases } from './database.ts';
import { sharedResource } from './shared-resource.ts';

/** The addresses of a running system. */
export interface SystemAddresses {
  /** The router's GraphQL endpoint. */
  readonly url: string;
  /** The origin of each part, such as `http://127.0.0.1:4001`. */
  readonly origins: Readonly<Record<PartName, string>>;
  /** The management origin of each part. */
  readonly management: Readonly<Record<PartName, string>>;
  /** The URLs of the databases with their owners' roles. */
  readonly databases: OneUrlEach;
  /** The URLs of the databases with the processes' roles. */
  readonly credentials: TestDatabases['processes'];
}

/** The system that end-to-end tests of a run share. The first request starts it. */
export async function sharedSystem(): Promise<SystemAddresses> {
  return (await sharedResource('/system')) as SystemAddresses;
}
