import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectionsOf, generatePasswords } from './connections.ts';
import { fillSecret, type KubernetesApi } from './secret.ts';

/** As much of the Kubernetes API as one Secret is, after its documentation: no cluster runs here. */
const secret = { resourceVersion: 1, data: undefined as Record<string, string> | undefined };
let asked: { method: string | undefined; url: string | undefined; authorization: string | undefined }[];
/** What somebody else does after the Secret was read. */
let meanwhile: () => void;
let server: Server;
let api: KubernetesApi;

beforeEach(async () => {
  Object.assign(secret, { resourceVersion: 1, data: undefined });
  asked = [];
  meanwhile = () => undefined;
  server = createServer((request, response) => void answer(request, response));
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

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url, headers } = request;
  asked.push({ method, url, authorization: headers.authorization });
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
  if (method === 'GET') meanwhile();
}

describe('fillSecret', () => {
  test('fills an empty Secret with all the connections, in base64', async () => {
    expect(await fillSecret(api)).toBe(true);

    expect(Object.keys(secret.data!)).toEqual(Object.keys(connectionsOf(generatePasswords())));
    const url = Buffer.from(secret.data!['DATABASE_URL']!, 'base64').toString();
    const password = Buffer.from(secret.data!['POSTGRES_PASSWORD']!, 'base64').toString();
    expect(url).toBe(`postgresql://postgres:${password}@postgres:5432/postgres`);
  });

  test('asks for that one Secret only, as the pod that it is', async () => {
    await fillSecret(api);

    const one = { url: '/api/v1/namespaces/wallet/secrets/connections', authorization: 'Bearer the-token' };
    expect(asked).toEqual([
      { method: 'GET', ...one },
      { method: 'PATCH', ...one },
    ]);
  });

  test('leaves a Secret alone that is filled', async () => {
    await fillSecret(api);
    const before = structuredClone(secret);

    expect(await fillSecret(api)).toBe(false);
    expect(secret).toEqual(before);
  });

  test('adds to one that an earlier release has filled what it lacks, and changes nothing in it', async () => {
    await fillSecret(api);
    const whole = structuredClone(secret.data!);
    const lacking = new Set(['USER_WORKER_DATABASE_URL', 'ORDER_RELAY_DATABASE_URL']);
    secret.data = Object.fromEntries(Object.entries(whole).filter(([key]) => !lacking.has(key)));

    expect(await fillSecret(api)).toBe(true);
    expect(secret.data).toEqual(whole);
  });

  test("does not overwrite another's passwords that came between", async () => {
    meanwhile = () => {
      secret.resourceVersion += 1;
      secret.data = { POSTGRES_PASSWORD: 'b3RoZXI=' };
    };

    await expect(fillSecret(api)).rejects.toThrow('409');
    expect(secret.data).toEqual({ POSTGRES_PASSWORD: 'b3RoZXI=' });
  });
});
