import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { roles } from '#platform/identity/roles.ts';
import { graphql } from '#test/graphql.ts';
import { staffToken } from '#test/staff.ts';
import { type SignedIn, startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';

let users: UserSubgraph;
let [olga, ada, bob]: SignedIn[] = [];
let auditor: string;

const act = async (actor: SignedIn, customer: SignedIn, kind: string) =>
  await users.query(
    `insert into staff_acts (actor_id, actor, act, customer_id, reason, caller) values ($1, $2, $3, $4, 'a call', '::1')`,
    [actor.id, actor.email, kind, customer.id],
  );

beforeAll(async () => {
  users = await startUserSubgraph();
  [olga, ada, bob] = [await users.signUp('Olga'), await users.signUp('Ada'), await users.signUp('Bob')];
  auditor = await staffToken(users.databaseUrl, olga, ['AUDITOR']);
  await act(olga, ada, 'LOOKED_AT_CUSTOMER');
  await act(olga, bob, 'LOOKED_AT_CUSTOMER');
  await act(olga, ada, 'ENDED_SESSIONS');
  await act(bob, ada, 'RESTORED_EMAIL');
});
afterAll(async () => await users.stop());

interface Log {
  readonly userAuditLog: {
    readonly nodes: readonly { readonly sequence: number; readonly act: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  } | null;
}

const ask = async (token: string | undefined, filter: object | null = null, after: string | null = null, first = 20) =>
  await graphql<Log>(users.url, {
    query: `query ($filter: AuditFilter, $after: String, $first: Int) {
      userAuditLog(filter: $filter, after: $after, first: $first) {
        nodes { sequence act actorId actor sessionId customerId subject valuesBefore valuesAfter reason caller createdAt hash }
        edges { cursor node { sequence } }
        pageInfo { hasNextPage endCursor }
      } }`,
    variables: { filter, after, first },
    token,
  });

const numbers = async (filter: object) =>
  (await ask(auditor, filter)).data!.userAuditLog!.nodes.map(({ sequence }) => sequence);

test('an auditor reads the audit log, newest first and page by page', async () => {
  const first = (await ask(auditor, null, null, 3)).data!.userAuditLog!;
  const second = (await ask(auditor, null, first.pageInfo.endCursor, 3)).data!.userAuditLog!;

  expect(first.nodes.map(({ sequence }) => sequence)).toEqual([4, 3, 2]);
  expect(first.nodes[0]).toMatchObject({ actor: bob!.email, reason: 'a call', caller: '::1' });
  expect(second.nodes.map(({ sequence }) => sequence)).toEqual([1]);
  expect(second.pageInfo.hasNextPage).toBe(false);
});

test.each<[string, () => object, number[]]>([
  ['the staff member', () => ({ actorId: olga!.id }), [3, 2, 1]],
  ['the customer', () => ({ customerId: ada!.id }), [4, 3, 1]],
  ['both', () => ({ actorId: olga!.id, customerId: ada!.id }), [3, 1]],
  ['what was done', () => ({ acts: ['ENDED_SESSIONS', 'RESTORED_EMAIL'] }), [4, 3]],
  ['nothing that was done', () => ({ acts: [] }), []],
  ['an id that is none', () => ({ customerId: "'; drop table staff_acts --" }), []],
  ['a time that is over', () => ({ createdBefore: '2020-01-01T00:00:00Z' }), []],
])('filters by %s', async (_what, filter, expected) => {
  expect(await numbers(filter())).toEqual(expected);
});

test.each([
  [{ createdAfter: '2026-02-01T00:00:00Z', createdBefore: '2026-01-01T00:00:00Z' }, null, 20],
  [null, 'no cursor', 20],
  [null, null, 0],
  [null, null, 101],
])('refuses the filter %j after %j of %j entries', async (filter, after, first) => {
  const { errors } = await ask(auditor, filter, after, first);

  expect(errors!.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
});

describe('is refused to', () => {
  test.each(roles.filter((role) => role !== 'AUDITOR'))('a staff member with the role %s', async (role) => {
    const { data, errors } = await ask(await staffToken(users.databaseUrl, olga!, [role]));

    expect(data).toEqual({ userAuditLog: null });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test('a customer, also the one whom it concerns, and an unauthenticated caller', async () => {
    for (const token of [ada!.accessToken, undefined]) {
      const { data, errors } = await ask(token);

      expect(data).toEqual({ userAuditLog: null });
      expect(errors).toMatchObject([{ extensions: { code: token === undefined ? 'UNAUTHENTICATED' : 'FORBIDDEN' } }]);
    }
  });
});

test('a customer sees what staff did, without the staff member and the reason', async () => {
  const { data } = await graphql<object>(users.url, {
    query: '{ viewer { accountAccess { nodes { sequence act createdAt } } } }',
    token: ada!.accessToken,
  });

  expect(data).toMatchObject({
    viewer: {
      accountAccess: {
        nodes: [{ act: 'RESTORED_EMAIL' }, { act: 'ENDED_SESSIONS' }, { act: 'LOOKED_AT_CUSTOMER' }],
      },
    },
  });
});
