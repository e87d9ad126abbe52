import { ApolloLink, gql } from '@apollo/client';
import { expect, test } from '@jest/globals';
import { firstValueFrom, Observable } from 'rxjs';
import { inOrder } from './in-order.ts';

/** A server that answers at a signal, and a client of it. */
function heldServer() {
  const sent: { answer: (said: string) => void; fail: (error: Error) => void }[] = [];
  const server = new ApolloLink(
    () =>
      new Observable((observer) => {
        sent.push({
          answer: (said) => {
            observer.next({ data: { said } });
            observer.complete();
          },
          fail: (error) => observer.error(error),
        });
      }),
  );
  const link = ApolloLink.from([inOrder(), server]);
  const client = {} as ApolloLink.ExecuteContext['client'];
  const ask = async (query = '{ said }', variables = {}) => {
    const result = await firstValueFrom(ApolloLink.execute(link, { query: gql(query), variables }, { client }));
    return result.data?.['said'] as string;
  };
  return { sent, ask };
}

const turnOfLoop = async () => await new Promise((resolve) => setImmediate(resolve));

test('a query that is requested again while under way is sent once more afterwards, for all requests', async () => {
  const { sent, ask } = heldServer();
  const first = ask();
  const others = [ask(), ask()];
  await turnOfLoop();
  expect(sent).toHaveLength(1);
  sent[0]!.answer('before');
  expect(await first).toBe('before');
  await turnOfLoop();
  expect(sent).toHaveLength(2);
  const last = ask();
  sent[1]!.answer('after');
  expect(await Promise.all(others)).toEqual(['after', 'after']);
  await turnOfLoop();
  sent[2]!.answer('at last');
  expect(await last).toBe('at last');
});

test('a query can be requested again after it failed', async () => {
  const { sent, ask } = heldServer();
  const [first, second] = [ask(), ask()];
  await turnOfLoop();
  sent[0]!.fail(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await turnOfLoop();
  sent[1]!.answer('back');
  expect(await second).toBe('back');
  const third = ask();
  await turnOfLoop();
  sent[2]!.answer('again');
  expect(await third).toBe('again');
});

test.each([
  ['another question', '{ other: said }', {}],
  ['other variables', '{ said }', { page: 2 }],
  ['a mutation', 'mutation { said }', {}],
])('%s waits for nothing', async (_what, query, variables) => {
  const { sent, ask } = heldServer();
  void ask('query A { said }');
  void ask(query, variables);
  await turnOfLoop();
  expect(sent).toHaveLength(2);
});
