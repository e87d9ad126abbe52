import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectionsOf, generatePasswords } from './connections.ts';
import { fillSecret, type KubernetesApi } from './secret.ts';

/** The Secret of a small stand-in for the Kubernetes API, which follows its documentation: no cluster runs here. */
const secret = { resourceVersion: 1, data: undefined as Record<string, string> | undefined };
let requests: { method: string | undefined; url: string | undefined; authorization: string | undefined }[];
/** What another client does after fillSecret has read the Secret. */
let afterRead: () => void;
let server: Server;
let api: KubernetesApi;

beforeEach(async () => {
  Object.assign(secret, { resourceVersion: 1, data: undefined });
  requests = [];
  afterRead = () => undefined;
  server = createServer((request, response) => void respond(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  api = { origin: `http://127.0.0.1:${port}`, namespace: 'wallet', token: 'the-token' };
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url, headers } = request;
  requests.push({ method, url, authorization: headers.authorization });
  const body = await text(request);
  if (method === 'PATCH') {
    const patch = JSON.parse(body) as { metadata: { resourceVersion: string }; data: Record<string, string> };
    if (patch.metadata.resourceVersion !== String(secret.resourceVersion)) {
      response.writeHead(409).end(JSON.stringify({ kind: 'Status', reason: 'Conflict' }));
      return;
    }
    secret.resourceVersion += 1;
    secret.data = { ...secret.data, ...patch.data };
  }
  const { data, resourceVersion } = secret;
  response.end(JSON.stringify({ metadata: { resourceVersion: String(resourceVersion) }, data }));
  if (method === 'GET') afterRead();
}

describe('fillSecret', () => {
  test('fills an empty Secret with all the connections, in base64', async () => {
    expect(await fillSecret(api)).toBe(true);

    expect(Object.keys(secret.data!)).toEqual(Object.keys(connectionsOf(generatePasswords())));
    const url = Buffer.from(secret.data!['DATABASE_URL']!, 'base64').toString();
    const password = Buffer.from(secret.data!['POSTGRES_PASSWORD']!, 'base64').toString();
    expect(url).toBe(`postgresql://postgres:${password}@postgres:5432/postgres`);
  });

  test("requests only that Secret, with the pod's token", async () => {
    await fillSecret(api);

    const one = { url: '/api/v1/namespaces/wallet/secrets/connections', authorization: 'Bearer the-token' };
    expect(requests).toEqual([
      { method: 'GET', ...one },
      { method: 'PATCH', ...one },
    ]);
  });

  test('does not change a filled Secret', async () => {
    await fillSecret(api);
    const before = structuredClone(secret);

    expect(await fillSecret(api)).toBe(false);
    expect(secret).toEqual(before);
  });

  test('adds missing keys to a Secret that an earlier release filled, and keeps the others', async () => {
    await fillSecret(api);
    const whole = structuredClone(secret.data!);
    const lacking = new Set(['USER_WORKER_DATABASE_URL', 'ORDER_RELAY_DATABASE_URL']);
    secret.data = Object.fromEntries(Object.entries(whole).filter(([key]) => !lacking.has(key)));

    expect(await fillSecret(api)).toBe(true);
    expect(secret.data).toEqual(whole);
  });

  test('does not overwrite passwords that another client has added since the read', async () => {
    afterRead = () => {
      secret.resourceVersion += 1;
      secret.data = { POSTGRES_PASSWORD: 'b3RoZXI=' };
    };

    await expect(fillSecret(api)).rejects.toThrow('409');
    expect(secret.data).toEqual({ POSTGRES_PASSWORD: 'b3RoZXI=' });
  });
});
