import { beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Scope } from '#platform/identity/scopes.ts';
import { createApiClient } from '#test/api-client.ts';
import { type Customer, registerCustomer, settled } from '#test/customer.ts';
import { startRouterWithDoubles } from '#test/router/running-router.ts';
import { sharedSystem } from '#test/shared-system.ts';

/** Agents, with the client of the MCP SDK, against a running system. */

let origin: string;
let ada: Customer;
let bob: Customer;
beforeAll(async () => {
  ({
    origins: { router: origin },
  } = await sharedSystem());
  [ada, bob] = await Promise.all([registerCustomer(`${origin}/graphql`), registerCustomer(`${origin}/graphql`, 'Bob')]);
});

type Members = Record<string, unknown>;

/** An agent of a customer, with an API client of these scopes. */
async function startAgent(customer: Customer, scopes: readonly Scope[]) {
  const token = await (await createApiClient(origin, customer, scopes)).token();
  const client = new Client({ name: 'agent', version: '1.0.0' });
  const transport = new StreamableHTTPClientTransport(new URL(`${origin}/mcp`), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  });
  await client.connect(transport);
  return {
    client,
    token,
    call: async (name: string, given: Members = {}) => {
      const { isError = false, content } = await client.callTool({ name, arguments: given });
      const [{ text }] = content as [{ text: string }];
      return { isError, ...(JSON.parse(text) as Members) } as Members & { isError: boolean; confirm?: string };
    },
  };
}

const money = (amount: string) => ({ amount, currency: 'USD' });

describe('an agent', () => {
  /** A customer has at most ten API clients. */
  let wrong: Awaited<ReturnType<typeof startAgent>>;
  beforeAll(async () => {
    wrong = await startAgent(ada, ['transactions:read', 'deposits:write', 'orders:write']);
  });

  test('lists the tools of its scopes only, with what they do', async () => {
    const reader = await startAgent(ada, ['accounts:read', 'orders:read']);
    const { tools } = await reader.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'list_accounts',
      'get_account',
      'list_entries',
      'list_orders',
      'get_order',
    ]);
    expect(tools.map(({ annotations }) => annotations?.readOnlyHint)).toEqual([true, true, true, true, true]);
    await expect(reader.call('deposit', {})).rejects.toThrow('no such tool');

    const payer = await startAgent(ada, ['transfers:write']);
    const listed = (await payer.client.listTools()).tools;
    expect(listed).toMatchObject([
      { name: 'quote_transfer', annotations: { readOnlyHint: false, destructiveHint: false } },
      { name: 'transfer', annotations: { destructiveHint: true }, inputSchema: { required: ['quoteId'] } },
    ]);
    expect(Object.keys(listed[1]!.inputSchema.properties!)).toEqual(['quoteId', 'description', 'confirm']);
  });

  test('reads what its scopes allow', async () => {
    const agent = await startAgent(ada, ['accounts:read', 'transactions:read']);
    expect(await agent.call('list_accounts')).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ currency: 'USD', balance: expect.objectContaining({ currency: 'USD' }) }),
      ]),
    });
    const list = await agent.call('list_transactions', {
      kinds: ['OPENING_DEPOSIT'],
      first: 1,
      sort: '-amount',
      totalCount: true,
    });
    expect(list).toMatchObject({
      items: [{ kind: 'OPENING_DEPOSIT', amount: money('100.00') }],
      totalCount: 1,
      after: null,
    });
    expect(await agent.call('get_transaction', { id: 'x' })).toMatchObject({ isError: true, code: 'NOT_FOUND' });
  });

  test.each<[what: string, tool: string, given: Members]>([
    ['an unknown argument', 'list_transactions', { nothing: 1 }],
    ['a number for an amount', 'deposit', { accountId: 'x', amount: { amount: 1, currency: 'USD' } }],
    ['a missing argument', 'deposit', { accountId: 'x' }],
    ['a page that is too large', 'list_transactions', { first: 101 }],
    ['an unknown order', 'list_transactions', { sort: 'colour' }],
    ['an amount that cannot be moved', 'deposit', { accountId: 'x', amount: money('0') }],
    ['a confirmation that is no text', 'deposit', { accountId: 'x', amount: money('1.00'), confirm: true }],
  ])('is told about %s', async (_what, tool, given) => {
    expect(await wrong.call(tool, given)).toMatchObject({ isError: true, code: 'BAD_USER_INPUT' });
  });

  test('is told that an order to refund does not exist', async () => {
    expect(await wrong.call('refund_order', { orderId: 'x' })).toMatchObject({ isError: true, code: 'NOT_FOUND' });
  });

  test('shows characters that hide text', async () => {
    const order = { productId: 'a\u202Eb\u2028c', unitPrice: money('1.00'), quantity: 1 };
    const { summary } = await wrong.call('place_order', order);
    expect(summary).toBe('Place an order for 1 × "a\uFFFDb\uFFFDc" at $1.00 each: $1.00 in total.');
  });

  test('transfers with a quote and a confirmation, once', async () => {
    const agent = await startAgent(ada, ['transfers:write']);
    const [from, to] = [await ada.account('USD'), await bob.account('EUR')];
    const terms = { fromAccountId: from.id, toAccountId: to.number, amount: money('10.00') };
    const { quoteId, summary } = await agent.call('quote_transfer', terms);
    expect(summary).toContain('Transfer $10.00 from account');
    expect(summary).toContain('The fee is $0.10, so $10.10 leaves the account, and €');

    const asked = await agent.call('transfer', { quoteId, description: 'Rent' });
    expect(asked).toMatchObject({
      isError: false,
      confirmationRequired: true,
      summary: `${summary as string} The description is "Rent".`,
    });
    expect(asked['nextStep']).toContain('within 10 minutes and before the quote expires');
    expect([await ada.balance(), await bob.balance('EUR')]).toEqual(['100.00', '0.00']);

    const { confirm } = asked;
    const refused = {
      isError: true,
      code: 'CONFIRMATION_REQUIRED',
      message: expect.stringContaining('check whether the money has moved'),
    };
    expect(await agent.call('transfer', { quoteId, description: 'Other', confirm })).toMatchObject(refused);
    expect(await agent.call('transfer', { quoteId, description: 'Rent', confirm: `${confirm}x` })).toMatchObject(
      refused,
    );
    expect(await agent.call('transfer', { quoteId: confirm, confirm })).toMatchObject({ code: 'QUOTE_EXPIRED' });
    const other = await startAgent(ada, ['transfers:write']);
    expect(await other.call('transfer', { quoteId, description: 'Rent', confirm })).toMatchObject({
      code: 'QUOTE_EXPIRED',
    });

    const times = await Promise.all(
      [1, 2, 3].map(async () => await agent.call('transfer', { quoteId, description: 'Rent', confirm })),
    );
    const ids = times.map(({ result }) => (result as { id: string }).id);
    expect(new Set(ids).size).toBe(1);
    expect(times.filter(({ repeated }) => repeated === false)).toHaveLength(1);
    expect(await ada.balance()).toBe('89.90');
  });

  test('deposits, orders and refunds with a confirmation that belongs to the input', async () => {
    const agent = await startAgent(bob, ['deposits:write', 'withdrawals:write', 'orders:write']);
    const { id: accountId } = await bob.account('USD');
    const deposit = { accountId, amount: money('1000.50') };
    const { confirm, summary } = await agent.call('deposit', deposit);
    expect(summary).toBe(`Deposit $1,000.50 on account ${accountId}.`);
    const more = { accountId, amount: money('9000.50'), confirm };
    expect(await agent.call('deposit', more)).toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
    expect(await agent.call('withdraw', { ...deposit, confirm })).toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
    expect(await bob.balance()).toBe('100.00');
    const swapped = { amount: { currency: 'USD', amount: '1000.50' }, accountId, confirm };
    expect(await agent.call('deposit', swapped)).toMatchObject({ isError: false, repeated: false });
    expect(await bob.balance()).toBe('1100.50');

    const order = { productId: 'book', unitPrice: money('20.00'), quantity: 3 };
    const asked = await agent.call('place_order', order);
    expect(asked['summary']).toBe('Place an order for 3 × "book" at $20.00 each: $60.00 in total.');
    const placed = await agent.call('place_order', { ...order, confirm: asked.confirm });
    const { id } = placed['result'] as { id: string };
    await settled(bob, id, 'PAID');
    const refund = await agent.call('refund_order', { orderId: id });
    expect(refund['summary']).toContain('$60.00 goes back');
    expect(await agent.call('refund_order', { orderId: id, confirm: refund.confirm })).toMatchObject({
      isError: false,
    });
    const far = { accountId: 'x', amount: money('1.00') };
    const unknown = await agent.call('withdraw', { ...far, confirm: (await agent.call('withdraw', far)).confirm });
    expect(unknown).toMatchObject({ isError: true, code: 'NOT_FOUND' });
  });
});

describe('the endpoint', () => {
  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
  const post = async (body: unknown, headers: Record<string, string> = {}, base = origin) =>
    await fetch(`${base}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      body: JSON.stringify(body),
    });

  test('refuses callers without the token of an API client, pages of other origins, and batches', async () => {
    const { token } = await startAgent(ada, ['accounts:read']);
    const authorization = `Bearer ${token}`;
    const codeOf = async (response: Response) => {
      const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
      return [response.status, errors[0]!.extensions.code, response.headers.get('www-authenticate')];
    };
    const challenge = 'Bearer realm="wallet-and-orders"';

    expect((await post(list, { authorization })).status).toBe(200);
    expect(await codeOf(await post(list))).toEqual([401, 'UNAUTHENTICATED', challenge]);
    expect(await codeOf(await post(list, { authorization: `${authorization}x` }))).toEqual([
      401,
      'UNAUTHENTICATED',
      `${challenge}, error="invalid_token"`,
    ]);
    expect(await codeOf(await post(list, { authorization: `Bearer ${ada.token}` }))).toEqual([403, 'FORBIDDEN', null]);
    for (const page of [origin, 'https://evil.example', 'null']) {
      expect(await codeOf(await post(list, { authorization, origin: page }))).toEqual([403, 'FORBIDDEN', null]);
    }
    for (const body of [[list, list], null, 1]) {
      expect(await codeOf(await post(body, { authorization }))).toEqual([400, 'BAD_REQUEST', null]);
    }
    expect((await post({ ...list, params: { text: 'x'.repeat(200_000) } }, { authorization })).status).toBe(413);
    for (const method of ['GET', 'DELETE']) {
      const { status, headers } = await fetch(`${origin}/mcp`, { method, headers: { authorization } });
      expect([status, headers.get('allow')]).toEqual([405, 'POST']);
    }
  });

  test('is off by default, and has the rate limits of API clients', async () => {
    const [off, limited] = [
      await startRouterWithDoubles(),
      await startRouterWithDoubles({}, { MCP: 'on', CLIENT_COST_PER_MINUTE: '2' }),
    ];
    try {
      expect((await post(list, {}, off.origin)).status).toBe(404);
      const authorization = await limited.issuer.authorization({ clientId: 'client-1', scope: 'accounts:read' });
      const statuses = [];
      for (let index = 0; index < 3; index += 1)
        statuses.push((await post(list, { authorization }, limited.origin)).status);
      expect(statuses).toEqual([200, 200, 429]);
    } finally {
      await Promise.all([off.stop(), limited.stop()]);
    }
  });
});
