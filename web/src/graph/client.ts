import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { RetryLink } from '@apollo/client/link/retry';
import { OperationTypeNode } from 'graphql';
import { session } from '../session/session.ts';
import { connection, ConnectionLost, isJson, send } from './connection.ts';
import { inOrder } from './in-order.ts';

/**
 * Each object with an id is stored once, so that an update of it changes every page that shows it. An amount belongs to
 * the object that contains it. Each page of a list is stored separately, by its arguments.
 */
const cache = new InMemoryCache({
  typePolicies: {
    Money: { keyFields: false },
    TransferQuote: { keyFields: false },
    // Each subgraph numbers its own.
    DeadLetter: { keyFields: false },
    Query: {
      fields: {
        order: {
          read: (existing, { args, toReference }) => existing ?? toReference({ __typename: 'Order', id: args?.['id'] }),
        },
        account: {
          read: (existing, { args, toReference }) =>
            existing ?? toReference({ __typename: 'Account', id: args?.['id'] }),
        },
      },
    },
    User: {
      fields: {
        transactions: { keyArgs: ['first', 'after', 'filter', 'orderBy'], merge: (_existing, incoming) => incoming },
        orders: { keyArgs: ['first', 'after', 'filter', 'orderBy'], merge: (_existing, incoming) => incoming },
        notifications: { keyArgs: ['first', 'after', 'filter'], merge: true },
      },
    },
    Account: {
      fields: { entries: { keyArgs: ['first', 'after', 'from', 'to'], merge: (_existing, incoming) => incoming } },
    },
  },
});

/** Repeats a request that got no answer, if it is a query or an idempotent mutation. */
const retry = new RetryLink({
  delay: { initial: 300, max: 3_000, jitter: true },
  attempts: {
    max: 4,
    retryIf: (error, { operationType, variables }) =>
      error instanceof ConnectionLost && (operationType === OperationTypeNode.QUERY || hasIdempotencyKey(variables)),
  },
});

function hasIdempotencyKey(variables: Record<string, unknown>): boolean {
  const { input } = variables;
  return typeof input === 'object' && input !== null && 'idempotencyKey' in input;
}

declare module '@apollo/client' {
  // oxlint-disable-next-line typescript/no-namespace -- the library reads this namespace
  namespace ApolloClient {
    namespace DeclareDefaultOptions {
      interface WatchQuery {
        errorPolicy: 'all';
      }
    }
  }
}

const endpoint = '/graphql';

export const client = new ApolloClient({
  cache,
  link: ApolloLink.from([inOrder(), retry, new HttpLink({ uri: endpoint, fetch: fetchAsViewer })]),
  clientAwareness: { name: 'console' },
  // They are kept in order instead: an answer that is on its way already may be from before an update.
  queryDeduplication: false,
  defaultOptions: {
    // A part of the service that is down affects only its own section of a page.
    watchQuery: { fetchPolicy: 'cache-and-network', nextFetchPolicy: 'cache-first', errorPolicy: 'all' },
  },
});

/** Fetches with the access token, and once more with the next token if the server refuses the first one. */
async function fetchAsViewer(_resource: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const token = await session.accessToken();
  const response = await sendWith(token, init);
  if (token === null || !(await isUnauthenticated(response))) return response;
  const replacement = await session.replacementFor(token);
  return replacement === null ? response : await sendWith(replacement, init);
}

async function sendWith(token: string | null, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  if (token !== null) headers.set('authorization', `Bearer ${token}`);
  return await send(endpoint, { ...init, headers });
}

async function isUnauthenticated(response: Response): Promise<boolean> {
  if (!isJson(response)) return false;
  const { errors }: { errors?: { extensions?: { code?: string } }[] } = await response.clone().json();
  return errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED') === true;
}

connection.watch(() => {
  if (!connection.lost() && session.state().status === 'signed-in') void client.refetchQueries({ include: 'active' });
});

let viewerId: string | null = null;
session.watch(() => {
  const state = session.state();
  const next = state.status === 'signed-in' ? state.user.id : null;
  if (next === viewerId) return;
  const isOther = viewerId !== null;
  viewerId = next;
  // The next person must find nothing of the last one.
  if (isOther) void client.clearStore();
});
