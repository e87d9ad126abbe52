import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { scopes } from '#platform/identity/scopes.ts';
import { createApiClient, type TestClient } from '#test/api-client.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { answerFault, describedRestOperations, operationIn } from '#test/described.ts';
import { sharedSystem, type SystemAddresses } from '#test/shared-system.ts';
import { until } from '#test/until.ts';
import { consentFor, order, rightBodies, type RightIds, type RightRequest, type Sent } from './right-rest-requests.ts';
import type { Json, JsonObject } from '../../tools/json.ts';

/** Sends each operation of openapi.json to a running system: right requests, and wrong ones made from its schemas. */

let system: SystemAddresses;
let ada: Customer;
let bob: Customer;
let client: TestClient;
let ids: RightIds;
let rightOf: (operation: string) => RightRequest;

async function send(operation: string, request: Sent = {}): Promise<Response> {
  const [method, template] = operation.split(' ') as [string, string];
  const path = template.replaceAll(/\{\w+\}/g, encodeURIComponent(request.id ?? 'none'));
  const { body, headers = {}, token = ada.token } = request;
  return await fetch(`${system.origins.router}${path}${request.search ?? ''}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...('idempotency-key' in headers ? {} : { 'idempotency-key': randomUUID() }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

beforeAll(async () => {
  system = await sharedSystem();
  [ada, bob] = [await registerCustomer(system.url), await registerCustomer(system.url, 'Bob')];
  const [{ id: account }, { id: receiver }] = [await ada.account('USD'), await bob.account('USD')];
  const placed = await send('POST /api/v1/orders', { body: order, headers: { prefer: 'wait=20' } });
  const { id } = (await placed.json()) as { id: string };
  const first = async (path: string) => {
    const { items } = (await (await send(`GET /api/v1/${path}`)).json()) as { items: { id: string }[] };
    return items[0]?.id;
  };
  client = await createApiClient(system.origins.router, ada, scopes);
  const confirmation = await ada.confirm();
  const webhook = { url: 'http://127.0.0.1:9/', eventTypes: ['ORDER_PAID'], confirmation };
  const created = await send('POST /api/v1/webhook-endpoints', { body: webhook });
  const { webhookEndpoint } = (await created.json()) as { webhookEndpoint: { id: string } };
  const sent = await send('POST /api/v1/webhook-endpoints/{endpointId}/test', { id: webhookEndpoint.id });
  const shopToken = await client.token();
  const given = await send('POST /api/v1/consents', { body: consentFor(client.id, confirmation) });
  const { id: consent } = (await given.json()) as { id: string };
  const ordered = await send('POST /api/v1/shop/orders', { body: { ...order, consentId: consent }, token: shopToken });
  ids = {
    account,
    receiver,
    order: id,
    transaction: await until('the transaction', async () => await first('transactions')),
    notification: await until('the message', async () => await first('notifications')),
    webhook: webhookEndpoint.id,
    delivery: ((await sent.json()) as { id: string }).id,
    shop: client.id,
    consent,
    shopOrder: ((await ordered.json()) as { id: string }).id,
  };
  const bodies = rightBodies({ ids, ada, bob, confirmation, shopToken });
  rightOf = (operation) => bodies[operation]!();
});

test('every operation of the document is sent', () => {
  expect(Object.keys(rightBodies({ ids, ada, bob, confirmation: '', shopToken: '' })).toSorted()).toEqual(
    describedRestOperations.toSorted(),
  );
});

/** @returns how the answer differs from the document, or null. */
async function fault(operation: string, request: Sent): Promise<string | null> {
  const answer = await send(operation, request);
  if (answer.status >= 500) return `${operation} ${JSON.stringify(request).slice(0, 300)} answers ${answer.status}`;
  const found = await answerFault(operation, answer, 'openapi.json');
  return found === null ? null : `${operation} ${JSON.stringify(request).slice(0, 300)}: ${found}`;
}

/** A customer has ten webhooks at most, so those of a test are deleted. */
async function deleteOtherWebhooks(): Promise<void> {
  const answer = await send('GET /api/v1/webhook-endpoints');
  const { items } = (await answer.json()) as { items: { id: string }[] };
  const headers = { authorization: `Bearer ${await client.token()}` };
  for (const { id } of items.filter((item) => item.id !== ids.webhook)) {
    // Without a body, as many clients send it.
    const { status } = await send('DELETE /api/v1/webhook-endpoints/{endpointId}', { id, headers });
    expect(status).toBe(204);
  }
}

describe.each(describedRestOperations)('%s', (operation) => {
  if (operation === 'POST /api/v1/webhook-endpoints') afterEach(deleteOtherWebhooks);

  test('answers a right request as described', async () => {
    const [status, request] = rightOf(operation);
    const answer = await send(operation, request);

    expect(answer.status).toBe(status);
    expect(await answerFault(operation, answer, 'openapi.json')).toBeNull();
  });

  test('answers wrong requests as described, and never with a fault', async () => {
    const [, right] = rightOf(operation);
    const requests = [...wrongParameters(operation, right), ...wrongHeaders(right)];
    const faults = await Promise.all(requests.map(async (request) => await fault(operation, request)));

    expect(faults.filter((one) => one !== null)).toEqual([]);
    expect((await send(operation, { ...right, search: '?unknown=1' })).status).toBe(400);
  });

  test('answers long texts and control characters as described, and never with a fault', async () => {
    const [, right] = rightOf(operation);
    const faults: (string | null)[] = [];
    for (const body of unusualBodies(right.body as JsonObject | undefined)) {
      faults.push(await fault(operation, { ...right, body }));
    }

    expect(faults.filter((one) => one !== null)).toEqual([]);
  });

  test('refuses each body that its schema refuses, with 400', async () => {
    const [, right] = rightOf(operation);
    const statuses: string[] = [];
    for (const body of wrongBodies(operation, right.body as Json)) {
      const answer = await send(operation, { ...right, body });
      const found = await answerFault(operation, answer, 'openapi.json');
      if (answer.status !== 400 || found !== null) statuses.push(`${JSON.stringify(body)}: ${answer.status} ${found}`);
    }

    expect(statuses).toEqual([]);
  });
});

describe('an API client', () => {
  const tokenWith = async (granted: readonly string[]) =>
    (await client.requestToken(granted.join(' '))).body.access_token!;
  const needed = describedRestOperations.map((operation) => [operation, scopesOf(operation)] as const);

  test.each(needed.filter(([, alternatives]) => alternatives !== null && alternatives.length > 0))(
    'uses %s with the scopes that the document names, and without them gets INSUFFICIENT_SCOPE',
    async (operation, alternatives) => {
      const [status, right] = rightOf(operation);
      for (const granted of alternatives!) {
        const answer = await send(operation, { ...right, token: await tokenWith(granted) });
        expect([granted, answer.status]).toEqual([granted, status]);
      }
      const others = scopes.filter((scope) => !alternatives!.flat().includes(scope));
      const refused = await send(operation, { ...right, token: await tokenWith(others) });
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
        403,
        'Bearer realm="wallet-and-orders", error="insufficient_scope"',
      ]);
      expect(await refused.clone().json()).toMatchObject({ code: 'INSUFFICIENT_SCOPE' });
      expect(await answerFault(operation, refused, 'openapi.json')).toBeNull();
    },
  );

  test.each(needed.filter(([, alternatives]) => alternatives?.length === 0))(
    'is refused at %s, whatever its scopes',
    async (operation) => {
      const [, right] = rightOf(operation);
      const refused = await send(operation, { ...right, token: await tokenWith(scopes) });
      expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'FORBIDDEN' }]);
    },
  );
});

/** The sets of scopes that open an operation to API clients; null for an operation that needs no token. */
function scopesOf(operation: string): readonly (readonly string[])[] | null {
  const security = operationIn('openapi.json', operation)['security'] as { apiClient?: string[] }[];
  if (security.length === 0) return null;
  return security.flatMap(({ apiClient }) => (apiClient === undefined ? [] : [apiClient]));
}

const wrongTexts = ['', 'x', '-1', '1e3', 'null', '\u0000', '٣', "' or 1=1 --", '../../x', 'x'.repeat(300), '{}'];

interface DescribedParameter {
  readonly name: string;
  readonly in: string;
}

function wrongParameters(operation: string, right: Sent): Sent[] {
  const { parameters = [] } = operationIn('openapi.json', operation) as { parameters?: readonly DescribedParameter[] };
  return [
    ...parameters
      .filter(({ in: place }) => place === 'query')
      .flatMap(({ name }) => wrongTexts.map((text) => ({ ...right, search: `?${name}=${encodeURIComponent(text)}` }))),
    ...(operation.includes('{') ? wrongTexts.slice(1).map((id) => ({ ...right, id })) : []),
    { ...right, search: '?unknown=1' },
  ];
}

function wrongHeaders(right: Sent): Sent[] {
  return [
    { accept: 'text/plain' },
    { authorization: 'Bearer x' },
    { 'idempotency-key': '' },
    { 'idempotency-key': 'x'.repeat(300) },
    { prefer: 'wait=x' },
    { 'if-none-match': '*' },
    { 'x-http-method-override': 'DELETE' },
  ].map((headers) => ({ ...right, headers: { ...right.headers, ...headers } as Record<string, string> }));
}

/** Bodies of the right types with a text that is long or has a NUL, in each member in turn. */
function unusualBodies(right: JsonObject = {}): JsonObject[] {
  const texts = ['x'.repeat(300), 'x'.repeat(2_000), `${'x'.repeat(300)}@example.com`, 'a\u0000b'];
  const names = Object.keys(right).filter((name) => typeof right[name] === 'string');
  return names.flatMap((name) => texts.map((text) => ({ ...right, [name]: text })));
}

/** Bodies that the schema refuses: each member missing, null or of another type; unknown members; random JSON. */
function wrongBodies(operation: string, right: Json): Json[] {
  const { requestBody } = operationIn('openapi.json', operation) as {
    requestBody?: { content: { 'application/json': { schema: JsonObject } } };
  };
  if (operation.startsWith('GET ')) return [];
  if (requestBody === undefined) return [{ unknown: 1 }, [], 'x', 1];
  const { schema } = requestBody.content['application/json'];
  const random = fc.sample(fc.jsonValue({ maxDepth: 3 }), { numRuns: 20, seed: 7 }) as Json[];
  const isEmpty = (value: Json) => JSON.stringify(value) === '{}';
  // An empty body is right if no member is required.
  const others = random.filter((value) => !isEmpty(value) || (schema['required'] as readonly string[]).length > 0);
  return [...wrongValues(schema, right), ...others];
}

function wrongValues(schema: JsonObject, right: Json): Json[] {
  const wrong = [5, 1.5, true, [], ['x'], 'x', { x: 1 }, null].filter((value) => !isOfType(schema, value));
  if (schema['type'] !== 'object') return wrong;
  const members = right as JsonObject;
  const required = schema['required'] as readonly string[];
  return [
    ...wrong,
    { ...members, unknown: 1 },
    ...required.map((name) => Object.fromEntries(Object.entries(members).filter(([key]) => key !== name))),
    ...Object.entries(schema['properties'] as Record<string, JsonObject>).flatMap(([name, ofMember]) =>
      wrongValues(ofMember, members[name] ?? null).map((value) => ({ ...members, [name]: value })),
    ),
  ];
}

/** Whether a value may be right. It may still be refused for another reason than its type. */
function isOfType(schema: JsonObject, value: unknown): boolean {
  const {
    anyOf,
    type,
    enum: names,
    pattern,
  } = schema as { anyOf?: readonly JsonObject[]; type?: string; enum?: readonly string[]; pattern?: string };
  if (anyOf !== undefined) return anyOf.some((one) => isOfType(one, value));
  if (type === 'null') return value === null;
  if (type === 'string') {
    if (typeof value !== 'string') return false;
    return names === undefined ? pattern === undefined || new RegExp(pattern).test(value) : names.includes(value);
  }
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'array') return Array.isArray(value);
  return false;
}
