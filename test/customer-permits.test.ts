import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Customer, registerCustomer } from './customer.ts';
import { lookingStaff } from './looking-staff.ts';
import { requestAsRouter } from './operations.ts';
import { permitOf, staffToken } from './staff.ts';
import { sharedSystem } from './shared-system.ts';

/** A look gives a permit, which reads one customer's record in one session for some minutes. */

const system = await sharedSystem();
const { olga, tokens, look, readOn, entriesWith } = await lookingStaff(system);

let ada: Customer;
let bob: Customer;

beforeAll(async () => {
  [ada, bob] = [await registerCustomer(system.url), await registerCustomer(system.url, 'Bob')];
});

test('a permit reads on without another entry', async () => {
  const reason = `a look ${randomUUID()}`;
  const { permit } = (await look({ id: ada.id }, { reason })).data!.customer!;
  const { data } = await readOn(permit, tokens.SUPPORT);

  expect(data).toEqual({ customerRecord: { id: ada.id, email: `${ada.email[0]}…@example.com` } });
  expect(await entriesWith(reason)).toHaveLength(1);
});

describe('a permit is refused', () => {
  const refused = async (permit: string, token: string) => {
    const { data, errors } = await readOn(permit, token);
    return { data, codes: errors?.map(({ extensions }) => extensions?.code) };
  };
  const forbidden = { data: { customerRecord: null }, codes: ['FORBIDDEN'] };

  test('in another session of the same staff member, and of another one', async () => {
    const { permit } = (await look({ id: ada.id })).data!.customer!;
    const strangers = await staffToken(system.databases.user, bob, ['OPERATOR']);

    expect(await refused(permit, tokens.OPERATOR)).toEqual(forbidden);
    expect(await refused(permit, strangers)).toEqual(forbidden);
  });

  test('to a customer, also to the one whom it is for', async () => {
    const { permit } = (await look({ id: ada.id })).data!.customer!;

    expect(await refused(permit, ada.token)).toEqual(forbidden);
  });

  test.each(['', 'x', 'a.b.c', 'x'.repeat(90_000)])('if it is no token', async (permit) => {
    expect(await refused(permit, tokens.SUPPORT)).toEqual(forbidden);
  });

  test('if it is an access token, a search or expired', async () => {
    const forged = async (changes: object) =>
      await permitOf(system.databases.user, tokens.SUPPORT, { of: `customer:${ada.id}`, ...changes });

    expect((await readOn(await forged({}), tokens.SUPPORT)).data).toEqual({
      customerRecord: { id: ada.id, email: expect.any(String) },
    });
    expect(await refused(tokens.SUPPORT, tokens.SUPPORT)).toEqual(forbidden);
    expect(await refused(await forged({ of: `order:${randomUUID()}` }), tokens.SUPPORT)).toEqual(forbidden);
    expect(await refused(await forged({ expires: '-1s' }), tokens.SUPPORT)).toEqual(forbidden);
    expect(await refused(await forged({ type: 'confirmation+jwt' }), tokens.SUPPORT)).toEqual(forbidden);
    expect(await refused(await forged({ of: 5 }), tokens.SUPPORT)).toEqual(forbidden);
  });
});

describe.each(['user', 'billing', 'order', 'notification'] as const)('past the router, %s', (subgraph) => {
  const field = { user: 'email', billing: 'accounts { id }', order: 'orders { nodes { id } }' };
  const select = subgraph === 'notification' ? 'notifications { nodes { id } }' : field[subgraph];
  const resolve = async (permit: string | undefined, token: string, id = ada.id) =>
    await requestAsRouter(system.origins[subgraph], {
      query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on CustomerRecord { ${select} } } }`,
      variables: { of: [{ __typename: 'CustomerRecord', id, ...(permit === undefined ? {} : { permit }) }] },
      token,
    });
  const permitFor = async (customer: Customer, changes: object = {}) =>
    await permitOf(system.databases.user, tokens.SUPPORT, { of: `customer:${customer.id}`, ...changes });

  test('resolves a record with its permit', async () => {
    const { data, errors } = await resolve(await permitFor(ada), tokens.SUPPORT);

    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ _entities: [expect.any(Object)] });
  });

  test('refuses every other permit, and a permit with another token', async () => {
    const answers = [
      await resolve(undefined, tokens.SUPPORT),
      await resolve(tokens.SUPPORT, tokens.SUPPORT),
      await resolve(await permitFor(bob), tokens.SUPPORT),
      await resolve(await permitFor(ada), tokens.SUPPORT, bob.id),
      await resolve(await permitFor(ada, { expires: '-1s' }), tokens.SUPPORT),
      await resolve(await permitFor(ada), tokens.OPERATOR),
      await resolve(await permitFor(ada), ada.token),
    ];
    const codes = answers.map(({ errors }) => errors?.map(({ extensions }) => extensions?.code));

    expect(answers.map(({ data }) => data)).toEqual(answers.map(() => ({ _entities: [null] })));
    expect(codes).toEqual(answers.map(() => ['FORBIDDEN']));
  });

  test('refuses a permit in the session of a customer who has no role', async () => {
    const own = await permitOf(system.databases.user, olga.token, { of: `customer:${ada.id}` });
    const { data, errors } = await resolve(own, olga.token);

    expect(Object.values((data!['_entities'] as (object | null)[])[0] ?? {}).every((value) => value === null)).toBe(
      true,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});
