/** An operation with which the routers are compared. */
export interface BenchQuery {
  readonly name: string;
  /** The nth request to a contender, each with other variables. */
  readonly body: (nth: number, contender: string, accountId: string) => string;
}

const bodyOf = (operationName: string, query: string, variables: object) =>
  JSON.stringify({ operationName, query, variables });

/** A different time in the past for each request. */
const sinceOf = (nth: number) => new Date(1_700_000_000_000 + nth).toISOString();

const account = `query Account($id: ID!, $since: DateTime!) {
  account(id: $id) { id number currency status balance { amount currency } entries(first: 1, from: $since) { nodes { sequence } } }
}`;

export const oneSubgraph: BenchQuery = {
  name: 'one subgraph',
  body: (nth, _contender, id) => bodyOf('Account', account, { id, since: sinceOf(nth) }),
};

const overview = `query Overview($first: Int!, $since: DateTime!) {
  viewer {
    id
    name
    email
    accounts { id number currency balance { amount currency } }
    transactions(first: $first, filter: { createdAfter: $since }) {
      nodes { id kind amount { amount currency } createdAt }
    }
    orders(first: $first) { nodes { id productId quantity status total { amount currency } placedAt } }
    notifications(first: $first) { unreadCount nodes { id kind subject readAt createdAt } }
  }
}`;

const deposit = `mutation Deposit($input: DepositInput!) {
  deposit(input: $input) { transaction { id kind amount { amount currency } } userErrors { code message field } }
}`;

/** A query of one subgraph, the console's overview across all four, and a mutation. */
export const queries: readonly BenchQuery[] = [
  oneSubgraph,
  { name: 'four subgraphs', body: (nth) => bodyOf('Overview', overview, { first: 5, since: sinceOf(nth) }) },
  {
    name: 'mutation',
    body: (nth, contender, accountId) => {
      const amount = { amount: '0.01', currency: 'USD' };
      return bodyOf('Deposit', deposit, { input: { accountId, amount, idempotencyKey: `${contender} ${nth}` } });
    },
  },
];
