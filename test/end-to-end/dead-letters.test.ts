import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { connected } from '#local/connected.ts';
import { type OutboxOwner, outboxOwners } from '#subgraphs/manifest.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { graphql, graphqlData } from '#test/graphql.ts';
import { staffToken } from '#test/staff.ts';
import { sharedSystem, type SystemAddresses } from '#test/shared-system.ts';
import { until } from '#test/until.ts';

/** Operators list the dead letters of each subgraph and replay them. */

let system: SystemAddresses;
let olga: Customer;
let operator: string;

beforeAll(async () => {
  system = await sharedSystem();
  olga = await registerCustomer(system.url, 'Olga');
  operator = await staffToken(system.databases.user, olga, ['OPERATOR']);
});

interface Letter {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly failure: string;
}

interface Payload {
  readonly deadLetterId: string | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] }[];
}

const capital = (owner: OutboxOwner) => `${owner.charAt(0).toUpperCase()}${owner.slice(1)}`;

describe.each(outboxOwners)('the dead letters of %s', (owner) => {
  const query = async (sql: string, values: unknown[] = []) =>
    await connected(
      system.databases[owner],
      async (client) => (await client.query<Record<string, string>>(sql, values)).rows,
    );
  // The relay knows no such kind, so it dead-letters the row again as soon as it is due.
  const kind = `none-${randomUUID()}`;
  const insert = async (key: string) =>
    (
      await query(
        `insert into outbox (kind, key, payload, signatures, attempts, failed_at, failure)
         values ($1, $2, '{"name":"Ada"}', '{}', 3, now(), '550 5.1.1 <ada.lovelace@example.com>: no such user') returning id::text`,
        [kind, key],
      )
    )[0]!['id']!;
  const list = async (args: string) =>
    (
      await graphqlData<{ list: { nodes: Letter[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }>(
        system.url,
        {
          query: `{ list: ${owner}DeadLetters(kind: "${kind}", ${args}) { nodes { id kind key failure } pageInfo { endCursor hasNextPage } } }`,
          token: operator,
        },
      )
    ).list;
  const replay = async (id: string, reason = 'the cause is removed') =>
    (
      await graphqlData<{ replay: Payload }>(system.url, {
        query: `mutation ($input: ReplayDeadLetterInput!) {
          replay: replay${capital(owner)}DeadLetter(input: $input) { deadLetterId userErrors { code field } }
        }`,
        variables: { input: { id, reason } },
        token: operator,
      })
    ).replay;

  test('are listed in pages, without payloads and addresses, and replayed with an entry in the audit log', async () => {
    const ids = [await insert('first'), await insert('second')];
    try {
      const newest = await list('first: 1');
      const oldest = await list(`first: 1, after: "${newest.pageInfo.endCursor}"`);
      expect([newest, oldest].flatMap(({ nodes }) => nodes)).toEqual(
        ['second', 'first'].map((key, index) => ({
          id: ids[1 - index],
          kind,
          key,
          failure: '550 5.1.1 <a…@example.com>: no such user',
        })),
      );
      expect([newest.pageInfo.hasNextPage, oldest.pageInfo.hasNextPage]).toEqual([true, false]);

      expect(await replay(ids[0]!, ' why ')).toMatchObject({ userErrors: [{ code: 'INVALID_REASON' }] });
      expect(await replay(ids[0]!)).toEqual({ deadLetterId: ids[0], userErrors: [] });
      await until('the next attempt', async () => {
        const [row] = await query('select failure from outbox where id = $1', [ids[0]]);
        return row?.['failure'] === `unknown kind ${kind}`;
      });
      const acts = await query(
        'select act, reason, actor_id::text, values_before from staff_acts where subject = $1 and actor_id = $2',
        [`dead-letter:${ids[0]}`, olga.id],
      );
      expect(acts).toEqual([
        {
          act: 'REPLAYED_DEAD_LETTER',
          reason: 'the cause is removed',
          actor_id: olga.id,
          values_before: JSON.stringify({ kind, key: 'first' }),
        },
      ]);
    } finally {
      await query('delete from outbox where kind = $1', [kind]);
    }
  });

  test.each(['0', '-1', '9'.repeat(18), '9'.repeat(40), '1 or true', '', randomUUID()])(
    'do not have the id %j',
    async (id) => {
      expect(await replay(id)).toEqual({
        deadLetterId: null,
        userErrors: [{ code: 'NOT_FOUND', field: ['input', 'id'] }],
      });
    },
  );

  test.each(['SUPPORT', 'AUDITOR'] as const)('are not for the role %s', async (role) => {
    const token = await staffToken(system.databases.user, olga, [role]);
    const { errors } = await graphql(system.url, { query: `{ ${owner}DeadLetters { nodes { id } } }`, token });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});
