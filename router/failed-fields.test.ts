import { describe, expect, test } from '@jest/globals';
import { failedFields } from './failed-fields.ts';

const pathsOf = (query: string, variables: Record<string, unknown> = {}) =>
  failedFields({ query, variables, operationName: undefined }, new Set(['viewer'])).map((path) => path.join('.'));

describe('the fields that are missing without a subgraph', () => {
  test('are its root fields, under their aliases', () => {
    expect(pathsOf('{ order(id: 1) { id } mine: account(id: 2) { id number } __typename }')).toEqual(['order', 'mine']);
  });

  test('are those below a root field that several subgraphs resolve', () => {
    expect(pathsOf('{ me: viewer { __typename accounts { id } usd: account(currency: USD) { id } } }')).toEqual([
      'me.accounts',
      'me.usd',
    ]);
  });

  test('are those of each requested entity, by its type', () => {
    const query =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ...on Order { transactions { id } } ...on User { accounts { id } } } }';
    const representations = [{ __typename: 'Order' }, { __typename: 'User' }, { __typename: 'Order' }];

    expect(pathsOf(query, { representations })).toEqual([
      '_entities.0.transactions',
      '_entities.1.accounts',
      '_entities.2.transactions',
    ]);
  });

  test('are not those that the client skipped', () => {
    const query =
      'query ($yes: Boolean!, $no: Boolean!) { viewer { accounts @include(if: $no) { id } ...on User @skip(if: $yes) { orders { totalCount } } transactions @skip(if: $no) { totalCount } } }';

    expect(pathsOf(query, { yes: true, no: false })).toEqual(['viewer.transactions']);
  });

  test('are a hundred at most', () => {
    const query =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ...on Order { transactions { id } } } }';
    const representations = Array.from({ length: 1_000 }, () => ({ __typename: 'Order' }));

    expect(pathsOf(query, { representations })).toHaveLength(100);
  });
});
