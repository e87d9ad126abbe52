import { beforeAll, describe, expect, test } from '@jest/globals';
import { registerCustomer } from '#test/customer.ts';
import { sharedSystem, type SystemAddresses } from '#test/system.ts';

let system: SystemAddresses;

beforeAll(async () => {
  system = await sharedSystem();
}, 60_000);

async function download(account: string, token?: string, period = '') {
  const response = await fetch(`${system.origins.router}/statements/${account}.csv${period}`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
}

describe('a statement download', () => {
  test('has every entry of the account, oldest first, with the balance after it, over more than one page', async () => {
    const ada = await registerCustomer(system.url);
    const { id } = await ada.account('USD');
    for (let place = 0; place < 120; place += 1) await ada.deposit('1.00');
    const { status, type, body } = await download(id, ada.token);
    expect([status, type]).toEqual([200, 'text/csv; charset=utf-8']);
    const [header, ...lines] = body.trimEnd().split('\r\n');
    expect(header).toBe(
      'sequence,time,kind,amount,balance after,currency,from account,to account,description,transaction',
    );
    expect(lines).toHaveLength(121);
    expect(lines.at(-1)?.split(',').slice(2, 6)).toEqual(['DEPOSIT', '1.00', '220.00', 'USD']);
    expect(lines.map((line) => line.split(',')[0])).toEqual(lines.map((_line, place) => String(place + 1)));
  });

  test('has only the entries of the period that is asked for', async () => {
    const ada = await registerCustomer(system.url);
    const { id } = await ada.account('USD');
    const { body } = await download(id, ada.token, '?from=2000-01-01T00:00:00Z&to=2000-12-31T23:59:59Z');
    expect(body.trimEnd().split('\r\n')).toHaveLength(1);
  });

  test("of somebody else's account is not found, like one that does not exist", async () => {
    const [ada, eve] = [await registerCustomer(system.url), await registerCustomer(system.url, 'Eve')];
    const { id } = await ada.account('USD');
    const stolen = await download(id, eve.token);
    expect(stolen).toEqual(await download('01a1fd28-33e3-77d6-b8e9-000000000000', eve.token));
    expect(stolen.status).toBe(404);
  });

  test('needs a token, and a period that can be read', async () => {
    const ada = await registerCustomer(system.url);
    const { id } = await ada.account('USD');
    expect(await download(id)).toMatchObject({ status: 401, body: expect.stringContaining('UNAUTHENTICATED') });
    expect(await download(id, ada.token, '?from=yesterday')).toMatchObject({
      status: 400,
      body: expect.stringContaining('BAD_USER_INPUT'),
    });
  });
});
