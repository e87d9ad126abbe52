import { type Dispatcher, request } from 'undici';
import { z } from 'zod';
import { connectionsOf, generatePasswords, type Passwords } from './connections.ts';

/** The Kubernetes API, and the token of the pod's service account. */
export interface KubernetesApi {
  readonly origin: string;
  readonly namespace: string;
  readonly token: string;
  /** Trusts the cluster's certificates. */
  readonly dispatcher?: Dispatcher;
}

const secretShape = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
  data: z.record(z.string(), z.string()).default({}),
});

/**
 * Fills the Secret `connections`, which must exist. It keeps existing keys, because PostgreSQL keeps the password that
 * its data were created with, and adds the keys that this release needs.
 *
 * @returns whether it added any key.
 * @throws if the API refuses, for example because another client has changed the Secret since the read.
 */
export async function fillSecret(api: KubernetesApi): Promise<boolean> {
  const { metadata, data } = secretShape.parse(await call(api, 'GET'));
  // A key that exists is not written, so a new cipher key counts only where there is none.
  const passwords = { ...generatePasswords(), ...keptPasswords(data) };
  const missing = Object.entries(connectionsOf(passwords)).filter(([key]) => data[key] === undefined);
  if (missing.length === 0) return false;
  // With the version, the API refuses to overwrite passwords that another client has added since the read.
  const { resourceVersion } = metadata;
  await call(api, 'PATCH', {
    metadata: { resourceVersion },
    data: Object.fromEntries(missing.map(([key, value]) => [key, encoded(value)])),
  });
  return true;
}

async function call(api: KubernetesApi, method: 'GET' | 'PATCH', body?: object): Promise<unknown> {
  const response = await request(`${api.origin}/api/v1/namespaces/${api.namespace}/secrets/connections`, {
    method,
    headers: { authorization: `Bearer ${api.token}`, 'content-type': 'application/merge-patch+json' },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
    ...(api.dispatcher === undefined ? {} : { dispatcher: api.dispatcher }),
  });
  const text = await response.body.text();
  if (response.statusCode === 200) return JSON.parse(text);
  // An error response contains no data of the Secret.
  throw new Error(`The Kubernetes API responded with status ${response.statusCode} to ${method}: ${text}`);
}

/** The passwords from which the other values are derived; null if the Secret is empty. */
function keptPasswords({
  POSTGRES_PASSWORD,
  REDIS_PASSWORD,
}: Record<string, string>): Omit<Passwords, 'factorKey' | 'webhookKey'> | null {
  if (POSTGRES_PASSWORD === undefined || REDIS_PASSWORD === undefined) return null;
  return { postgres: decoded(POSTGRES_PASSWORD), redis: decoded(REDIS_PASSWORD) };
}

/** The data of a Secret are encoded in base64. */
const encoded = (text: string) => Buffer.from(text).toString('base64');
const decoded = (text: string) => Buffer.from(text, 'base64').toString();
