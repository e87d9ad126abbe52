import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { archiveLink } from '#test/archive-link.ts';
import { type Customer, registerCustomer, settled } from '#test/customer.ts';
import { sharedSystem, type SystemAddresses } from '#test/shared-system.ts';
import { connected } from '#local/connected.ts';

/** The archive of a customer's data: requested, made ready by a job, downloaded once. */

let system: SystemAddresses;

beforeAll(async () => {
  system = await sharedSystem();
});

interface ExportView {
  readonly id: string;
  readonly state: string;
}

interface Payload {
  readonly dataExport: ExportView | null;
  readonly path?: string | null;
  readonly userErrors: readonly { code: string; field: string[] | null }[];
}

async function requested(customer: Customer): Promise<Payload> {
  const query = `mutation ($input: ConfirmedInput) {
    exportMyData(input: $input) { dataExport { id state } userErrors { code field } }
  }`;
  const input = { confirmation: await customer.confirm() };
  return (await customer.request<{ exportMyData: Payload }>(query, { input })).exportMyData;
}

async function state(customer: Customer): Promise<string | undefined> {
  const query = '{ viewer { dataExport { state } } }';
  const { viewer } = await customer.request<{ viewer: { dataExport: ExportView | null } }>(query);
  return viewer.dataExport?.state;
}

async function link(customer: Customer, exportId: string): Promise<Payload> {
  const query = `mutation ($input: DownloadMyDataInput!) {
    downloadMyData(input: $input) { path userErrors { code field } }
  }`;
  const input = { exportId, confirmation: await customer.confirm() };
  return (await customer.request<{ downloadMyData: Payload }>(query, { input })).downloadMyData;
}

async function get(path: string, token?: string) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${system.origins.router}${path}`, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const keyBytes = Buffer.from('what only the service knows of a passkey');
const keyForms = (['hex', 'base64', 'base64url', 'latin1'] as const).map((form) => keyBytes.toString(form));

async function addPasskey({ id }: Customer): Promise<void> {
  await connected(system.databases.user, async (client) => {
    await client.query(
      `insert into passkeys (id, user_id, credential_id, public_key, counter, transports, name)
       values (gen_random_uuid(), $1, $2, $2, 0, '{}', 'Laptop')`,
      [id, keyBytes],
    );
  });
}

interface Archive {
  readonly format: string;
  readonly profile: { readonly email: string };
  readonly accounts: readonly { readonly currency: string; readonly entries: readonly { sequence: number }[] }[];
  readonly [list: string]: unknown;
}

describe('an archive', () => {
  test('contains the profile and every list of its customer, whole, and nothing of another customer', async () => {
    const [ada, bob] = [await registerCustomer(system.url), await registerCustomer(system.url, 'Bob')];
    for (let index = 0; index < 60; index += 1) await ada.deposit('1.00');
    const { order } = await ada.placeOrder({ productId: 'archived-book', unitPrice: '5.00' });
    await settled(ada, order!.id);
    await bob.deposit('77.77');

    const path = await archiveLink(ada);
    await addPasskey(ada);
    const { status, headers, text } = await get(path, ada.token);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="my-data-\d{4}-\d\d-\d\d\.json"$/);
    const archive = JSON.parse(text) as Archive;
    expect(archive).toMatchObject({
      format: 'wallet-and-orders/personal-data/1',
      profile: {
        id: ada.id,
        email: ada.email,
        name: 'Ada',
        sessions: [{ current: true }],
        secondFactors: { totp: false, passkeys: [{ name: 'Laptop', lastUsedAt: null }] },
      },
      orders: [{ id: order!.id, productId: 'archived-book', total: { amount: '5.00', currency: 'USD' } }],
      notifications: [{ kind: 'ORDER_PAID', recipient: ada.email }],
    });
    const dollars = archive.accounts.find(({ currency }) => currency === 'USD')!;
    expect(dollars.entries.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 62 }, (_, place) => 62 - place),
    );
    expect(archive['transactions']).toHaveLength(62);
    for (const form of keyForms) expect(text).not.toContain(form);
    expect(text).not.toContain('77.77');
    expect(text).not.toContain(bob.id);
  });

  test('is one archive however often it is requested while it is under way', async () => {
    const ada = await registerCustomer(system.url);
    const payloads = await Promise.all(Array.from({ length: 8 }, async () => await requested(ada)));
    expect(new Set(payloads.map(({ dataExport }) => dataExport?.id)).size).toBe(1);
  });

  test('can be requested three times a day', async () => {
    const ada = await registerCustomer(system.url);
    for (let index = 0; index < 3; index += 1) {
      expect((await get(await archiveLink(ada), ada.token)).status).toBe(200);
      expect(await state(ada)).toBe('DOWNLOADED');
    }
    expect(await requested(ada)).toEqual({ dataExport: null, userErrors: [{ code: 'TOO_MANY_EXPORTS', field: null }] });
  });
});

describe('a link', () => {
  test('gives the archive to one of many downloads at once', async () => {
    const ada = await registerCustomer(system.url);
    const path = await archiveLink(ada);
    // The router allows two at once; the others are refused before they use the link.
    const answers = await Promise.all(Array.from({ length: 6 }, async () => await get(path, ada.token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await get(path, ada.token)).status).toBe(404);
  });

  test('works only with the token of its customer', async () => {
    const [ada, eve] = [await registerCustomer(system.url), await registerCustomer(system.url, 'Eve')];
    const path = await archiveLink(ada);
    expect((await get(path)).status).toBe(401);
    expect((await get(path, 'not a token')).status).toBe(401);
    expect((await get(path, eve.token)).status).toBe(404);
    expect(await state(ada)).toBe('READY');
    expect((await get(path, ada.token)).status).toBe(200);
  });

  test('is replaced by the next link', async () => {
    const ada = await registerCustomer(system.url);
    const first = await archiveLink(ada);
    const { dataExport } = await requested(ada);
    const second = (await link(ada, dataExport!.id)).path!;
    expect((await get(first, ada.token)).status).toBe(404);
    expect((await get(second, ada.token)).status).toBe(200);
  });

  test.each(['', 'x', 'a'.repeat(43), 'a'.repeat(5_000), '%00', encodeURIComponent("' or 1=1 --")])(
    'is refused with the token %j',
    async (token) => {
      const ada = await registerCustomer(system.url);
      const { status, text } = await get(`/my-data/${token}`, ada.token);
      expect([400, 404, 414]).toContain(status);
      expect(text).not.toMatch(/select|stack|postgres/i);
    },
  );

  test('is not given to another customer, nor for an archive that does not exist', async () => {
    const [ada, eve] = [await registerCustomer(system.url), await registerCustomer(system.url, 'Eve')];
    const { dataExport } = await requested(ada);
    const refused = { path: null, userErrors: [{ code: 'NOT_FOUND', field: ['input', 'exportId'] }] };
    expect(await link(eve, dataExport!.id)).toEqual(refused);
    for (const exportId of ['', 'x', randomUUID(), '0'.repeat(36)]) expect(await link(ada, exportId)).toEqual(refused);
  });
});
