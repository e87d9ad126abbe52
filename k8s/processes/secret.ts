import { type Dispatcher, request } from 'undici';
import { z } from 'zod';
import { connectionsOf, generatePasswords, type Passwords } from './connections.ts';

/** How the Kubernetes API is reached, as a pod's service account. */
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
 * Fills the Secret `connections`, which exists and is empty. Of one that was filled before it keeps everything, since
 * PostgreSQL keeps the password that its data were made with, and adds the keys that a later release needs. Returns
 * whether it added any.
 *
 * @throws where the API refuses, also where somebody else filled the Secret meanwhile.
 */
export async function fillSecret(api: KubernetesApi): Promise<boolean> {
  const { metadata, data } = secretShape.parse(await call(api, 'GET'));
  const missing = Object.entries(connectionsOf(keptPasswords(data) ?? generatePasswords())).filter(
    ([key]) => data[key] === undefined,
  );
  if (missing.length === 0) return false;
  // The version makes the API refuse what would overwrite another's passwords.
  const { resourceVersion } = metadata;
  await call(api, 'PATCH', {
    metadata: { resourceVersion },
    data: Object.fromEntries(missing.map(([key, value]) => [key, encoded(value)])),
  });
  return true;
}

async function call(api: KubernetesApi, method: 'GET' | 'PATCH', body?: object): Promise<unknown> {
  const answer = await request(`${api.origin}/api/v1/namespaces/${api.namespace}/secrets/connections`, {
    method,
    headers: { authorization: `Bearer ${api.token}`, 'content-type': 'application/merge-patch+json' },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
    ...(api.dispatcher === undefined ? {} : { dispatcher: api.dispatcher }),
  });
  const text = await answer.body.text();
  if (answer.statusCode === 200) return JSON.parse(text);
  // A refusal carries no data of the Secret.
  throw new Error(`The Kubernetes API answers ${answer.statusCode} to ${method}: ${text}`);
}

/** The passwords that everything else is derived from; null of an empty Secret. */
function keptPasswords({ POSTGRES_PASSWORD, REDIS_PASSWORD }: Record<string, string>): Passwords | null {
  if (POSTGRES_PASSWORD === undefined || REDIS_PASSWORD === undefined) return null;
  return { postgres: decoded(POSTGRES_PASSWORD), redis: decoded(REDIS_PASSWORD) };
}

/** A Secret's data are in base64. */
const encoded = (text: string) => Buffer.from(text).toString('base64');
const decoded = (text: string) => Buffer.from(text, 'base64').toString();
