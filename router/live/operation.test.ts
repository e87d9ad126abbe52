import { describe, expect, test } from '@jest/globals';
import { buildASTSchema, parse, validate } from 'graphql';
import { type LiveRequest, liveOperation, RefusedOperation } from './operation.ts';

const schema = buildASTSchema(
  parse(`
    type Query { order(id: ID!): Order  notification(id: ID!): Notification }
    type Subscription { orderUpdated(id: ID!): Order!  notificationAdded: Notification! }
    type Order { id: ID!  status: String!  notifications(first: Int): [Notification!] }
    type Notification { id: ID!  createdAt: String!  order: Order }
  `),
);

function operation(query: string, more: Partial<LiveRequest> = {}) {
  const read = liveOperation(schema, { query, ...more });
  expect(validate(schema, parse(read.query))).toEqual([]);
  return { ...read, query: read.query.replaceAll(/\s+/g, ' ') };
}

describe('liveOperation', () => {
  test('queries an order under the client’s alias', () => {
    expect(operation('subscription S { mine: orderUpdated(id: "o-1") { id } }')).toEqual({
      field: 'orderUpdated',
      key: 'mine',
      orderId: 'o-1',
      query: 'query S { mine: order(id: "o-1") { id live_status: status } }',
      variables: {},
      marks: { status: 'live_status', createdAt: 'live_createdAt' },
    });
  });

  test('keeps variables, fragments and directives', () => {
    const read = operation(
      `subscription ($id: ID!, $first: Int = 5, $all: Boolean!) {
        ...Root
        ... on Subscription { orderUpdated(id: $id) { id } }
      }
      fragment Root on Subscription { orderUpdated(id: $id) { notifications(first: $first) @include(if: $all) { ...Told } } }
      fragment Told on Notification { id order { status } }`,
      { variables: { id: 'o-1', all: true } },
    );

    expect(read).toMatchObject({ key: 'orderUpdated', orderId: 'o-1', variables: { id: 'o-1', all: true } });
    expect(read.query).toContain('query ($id: ID!, $first: Int = 5, $all: Boolean!)');
    expect(read.query).toContain('fragment Root on Query { orderUpdated: order(id: $id)');
    expect(read.query).toContain('notifications(first: $first) @include(if: $all) { ...Told }');
  });

  test('uses the default of a variable', () => {
    expect(operation('subscription ($id: ID! = 7) { orderUpdated(id: $id) { id } }')).toMatchObject({ orderId: '7' });
  });

  test('queries a notification by an additional variable', () => {
    expect(operation('subscription { notificationAdded { id } }')).toMatchObject({
      field: 'notificationAdded',
      key: 'notificationAdded',
      idVariable: 'live_id',
      query: 'query ($live_id: ID!) { notificationAdded: notification(id: $live_id) { id live_createdAt: createdAt } }',
    });
  });

  test('does not conflict with the client’s names', () => {
    const read = operation('subscription { notificationAdded { live_createdAt: id live__createdAt: id } }');

    expect(read).toMatchObject({ idVariable: 'live___id', marks: { createdAt: 'live___createdAt' } });
  });

  test('uses only the named operation of a document and its fragments', () => {
    const document = `
      query Q { order(id: 1) { ...Parts } }
      subscription A { orderUpdated(id: 1) { id } }
      subscription B { notificationAdded { id } }
      fragment Parts on Order { status }`;

    expect(operation(document, { operationName: 'A' }).query).toBe(
      'query A { orderUpdated: order(id: 1) { id live_status: status } }',
    );
  });

  const refused: [what: string, request: LiveRequest, codes: string[]][] = [
    ['a syntax error', { query: 'subscription {' }, ['GRAPHQL_PARSE_FAILED']],
    ['an unknown field', { query: 'subscription { orderDeleted { id } }' }, ['GRAPHQL_VALIDATION_FAILED']],
    [
      'two root fields',
      { query: 'subscription { orderUpdated(id: 1) { id } notificationAdded { id } }' },
      ['GRAPHQL_VALIDATION_FAILED'],
    ],
    ['a missing variable', { query: 'subscription ($id: ID!) { orderUpdated(id: $id) { id } }' }, ['BAD_USER_INPUT']],
    [
      'a variable of the wrong type',
      { query: 'subscription ($id: ID!) { orderUpdated(id: $id) { id } }', variables: { id: {} } },
      ['BAD_USER_INPUT'],
    ],
  ];

  test.each(refused)('refuses %s', (_what, request, codes) => {
    const refusal = caught(() => liveOperation(schema, request));

    expect(refusal).toBeInstanceOf(RefusedOperation);
    expect((refusal as RefusedOperation).errors.map(({ extensions }) => extensions?.['code'])).toEqual(codes);
  });

  test.each([
    ['a query', { query: '{ order(id: 1) { id } }' }, 'BAD_REQUEST'],
    ['only fragments', { query: 'fragment F on Order { id }' }, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'an ambiguous document',
      { query: 'subscription A { notificationAdded { id } } subscription B { notificationAdded { id } }' },
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'an unknown operation',
      { query: 'subscription A { notificationAdded { id } }', operationName: 'B' },
      'OPERATION_RESOLUTION_FAILURE',
    ],
  ])('refuses %s', (_what, request, code) => {
    expect(JSON.stringify(caught(() => liveOperation(schema, request)))).toContain(code);
  });
});

function caught(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
