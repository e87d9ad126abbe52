import { type Dispatcher, request } from 'undici';
import { z } from 'zod';
import { type Connections, connectionsOf, generatePasswords } from './connections.ts';

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
 * Fills the Secret `connections`, which exists and is empty; one that has something in it stays as it is, since
 * PostgreSQL keeps the password that its data were made with. Says whether it filled it.
 *
 * @throws where the API refuses, also where somebody else filled the Secret meanwhile.
 */
export async function fillSecret(api: KubernetesApi): Promise<boolean> {
  const { metadata, data } = secretShape.parse(await call(api, 'GET'));
  if (Object.keys(data).length > 0) return false;
  // The version makes the API refuse what would overwrite another's passwords.
  const { resourceVersion } = metadata;
  await call(api, 'PATCH', { metadata: { resourceVersion }, data: encoded(connectionsOf(generatePasswords())) });
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

/** A Secret's data are in base64. */
function encoded(connections: Connections): Record<string, string> {
  return Object.fromEntries(
    Object.entries(connections).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  );
}
