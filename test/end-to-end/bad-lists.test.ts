import { beforeAll, describe, expect, test } from '@jest/globals';
import { registerCustomer, settled } from '#test/customer.ts';
import { graphql } from '#test/graphql.ts';
import { expectNothingInternal, type InputSender, registerSender } from './input-sender.ts';

/** Bad pages of lists through the router: each gets its code and its field, and changes nothing. */

let sender: InputSender;

beforeAll(async () => {
  sender = await registerSender();
});

describe('a list', () => {
  const lists = ['orders', 'transactions', 'notifications'] as const;
  const read = (list: string) =>
    `query ($first: Int, $after: String) { viewer { ${list}(first: $first, after: $after) { nodes { id } pageInfo { endCursor } } } }`;

  /** Expects the list to be null and the rest of the answer to be complete. */
  async function expectNoList(list: string, variables: object): Promise<void> {
    const answer = await graphql<{ viewer: object }>(sender.url, {
      query: read(list),
      variables,
      token: sender.ada.token,
    });
    expect(answer.errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
    expect(answer.data).toEqual({ viewer: { [list]: null } });
    expectNothingInternal(answer);
  }

  test.each(lists.flatMap((list) => [0, -1, 101, 100_000_000].map((first) => [list, first] as const)))(
    '%s(first: %d) is BAD_USER_INPUT',
    async (list, first) => {
      await expectNoList(list, { first });
    },
  );

  test.each(lists)('%s(after:) accepts only its own cursors', async (list) => {
    const bob = await registerCustomer(sender.url, 'Bob');
    const { order } = await bob.placeOrder({ unitPrice: '1.00' });
    await settled(bob, order!.id);
    for (const other of lists.filter((other) => other !== list)) {
      const { viewer } = await bob.request<{ viewer: Record<string, { pageInfo: { endCursor: string } }> }>(
        read(other),
      );
      await expectNoList(list, { after: viewer[other]!.pageInfo.endCursor });
    }
    for (const after of ['', 'x', '%00', "' or true --"]) await expectNoList(list, { after });
  });
});
