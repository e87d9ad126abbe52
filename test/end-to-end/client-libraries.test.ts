import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { SetContextLink } from '@apollo/client/link/context';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { Client, fetchExchange } from '@urql/core';
import { buildSchema, type DocumentNode, parse, print } from 'graphql';
import { ClientError, GraphQLClient } from 'graphql-request';
import { createClient } from 'graphql-sse';
import { registerCustomer } from '#test/customer.ts';
import { sharedSystem, type SystemAddresses } from '#test/shared-system.ts';

/** Clients as people use them, with their defaults: the URL and a token are all that each is given. */

let system: SystemAddresses;
let generated: Readonly<Record<string, DocumentNode>>;
beforeAll(async () => {
  [system, generated] = await Promise.all([sharedSystem(), presetDocuments()]);
});

const documents = `
  query LibraryViewer { viewer { id name } }
  mutation LibraryOrder($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { code } } }
  mutation LibraryRefresh($token: String!) { refreshToken(input: { refreshToken: $token }) { accessToken } }
  subscription LibraryUpdates($id: ID!) { orderUpdated(id: $id) { id status } }
`;

/** Generates the documents as the client preset does; each is typed there. */
async function presetDocuments(): Promise<Readonly<Record<string, DocumentNode>>> {
  const sdl = readFileSync(new URL('../contract.graphql', import.meta.url), 'utf8');
  const options = await preset.buildGeneratesSection({
    baseOutputDir: 'generated/',
    schema: parse(sdl),
    schemaAst: buildSchema(sdl, { assumeValidSDL: true }),
    documents: [{ location: 'operations.graphql', document: parse(documents), rawSDL: documents }],
    config: {},
    plugins: [],
    pluginMap: {},
    presetConfig: {},
  });
  const files = await Promise.all(options.map(async (file) => ({ ...file, text: await codegen(file) })));
  const { text } = files.find(({ filename }) => filename.endsWith('/graphql.ts'))!;
  const exported = text.matchAll(/^export const (\w+)Document = (\{.*\}) as unknown as DocumentNode</gm);
  return Object.fromEntries([...exported].map(([, name, json]) => [name, JSON.parse(json!) as DocumentNode]));
}

interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly codes: readonly unknown[];
}

interface Library {
  readonly ask: (document: DocumentNode, variables: Record<string, unknown>) => Promise<Answer>;
  /** The results of a subscription, when the order is decided; null if the library has none. */
  readonly follow: ((document: DocumentNode, variables: Record<string, unknown>) => Promise<Answer[]>) | null;
}

type Data = Record<string, unknown>;
type Headers = () => Record<string, string>;

function apollo(url: string, headers: Headers): Library {
  const client = new ApolloClient({
    link: ApolloLink.from([new SetContextLink(() => ({ headers: headers() })), new HttpLink({ uri: url })]),
    cache: new InMemoryCache(),
  });
  const answer = ({ data, error }: { data?: unknown; error?: unknown }): Answer => ({
    data: (data ?? null) as Data | null,
    codes: CombinedGraphQLErrors.is(error) ? error.errors.map(({ extensions }) => extensions?.['code']) : [],
  });
  const isMutation = (document: DocumentNode) => print(document).startsWith('mutation');
  return {
    ask: async (document, variables) => {
      try {
        return answer(
          isMutation(document)
            ? await client.mutate({ mutation: document, variables })
            : await client.query({ query: document, variables }),
        );
      } catch (error) {
        return answer({ error });
      }
    },
    follow: async (document, variables) =>
      await new Promise((resolve, reject) => {
        const results: Answer[] = [];
        client.subscribe({ query: document, variables }).subscribe({
          next: (result) => results.push(answer(result)),
          error: reject,
          complete: () => resolve(results),
        });
      }),
  };
}

function urql(url: string, headers: Headers): Library {
  const client = new Client({
    url,
    exchanges: [fetchExchange],
    fetchSubscriptions: true,
    fetchOptions: () => ({ headers: headers() }),
  });
  const answer = ({ data, error }: { data?: unknown; error?: { graphQLErrors: { extensions: Data }[] } }): Answer => ({
    data: (data ?? null) as Data | null,
    codes: (error?.graphQLErrors ?? []).map(({ extensions }) => extensions['code']),
  });
  return {
    ask: async (document, variables) =>
      answer(
        await (
          print(document).startsWith('mutation')
            ? client.mutation(document, variables)
            : client.query(document, variables, { requestPolicy: 'network-only' })
        ).toPromise(),
      ),
    follow: async (document, variables) =>
      await new Promise((resolve) => {
        const results: Answer[] = [];
        client.subscription(document, variables).subscribe((result) => {
          results.push(answer(result));
          const update = result.data as { orderUpdated: { status: string } } | undefined;
          if (update?.orderUpdated.status !== 'PENDING') resolve(results);
        });
      }),
  };
}

function graphqlRequest(url: string, headers: Headers): Library {
  const client = new GraphQLClient(url, { headers });
  return {
    ask: async (document, variables) => {
      try {
        return { data: await client.request<Data>(document, variables), codes: [] };
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        return { data: null, codes: (error.response.errors ?? []).map(({ extensions }) => extensions?.['code']) };
      }
    },
    follow: null,
  };
}

/** graphql-sse subscribes; it comes with another client for the rest. */
function graphqlSse(url: string, headers: Headers): Library {
  const client = createClient({ url, headers });
  return {
    ask: graphqlRequest(url, headers).ask,
    follow: async (document, variables) => {
      const results: Answer[] = [];
      for await (const { data } of client.iterate<Data>({ query: print(document), variables })) {
        results.push({ data: data ?? null, codes: [] });
      }
      return results;
    },
  };
}

const libraries = [
  ['Apollo Client', apollo],
  ['urql', urql],
  ['graphql-request', graphqlRequest],
  ['graphql-sse', graphqlSse],
] as const;

describe.each(libraries)('%s, with the documents of the client preset', (_name, open) => {
  test('asks, refreshes its token, orders and follows the order to its end', async () => {
    const { LibraryViewer, LibraryOrder, LibraryRefresh, LibraryUpdates } = generated;
    const customer = await registerCustomer(system.url);
    await customer.deposit('20.00');
    let token: string | null = `${customer.token.slice(0, -8)}AAAAAAAA`;
    const library = open(system.url, () => (token === null ? {} : { authorization: `Bearer ${token}` }));

    expect(await library.ask(LibraryViewer!, {})).toEqual({ data: null, codes: ['UNAUTHENTICATED'] });
    token = null;
    const refreshed = await library.ask(LibraryRefresh!, { token: customer.refreshToken });
    token = (refreshed.data!['refreshToken'] as { accessToken: string }).accessToken;
    const viewer = await library.ask(LibraryViewer!, {});
    const input = {
      productId: 'book',
      unitPrice: { amount: '10.00', currency: 'USD' },
      quantity: 1,
      idempotencyKey: randomUUID(),
    };
    const placed = await library.ask(LibraryOrder!, { input });
    const { order } = placed.data!['placeOrder'] as { order: { id: string } };
    const updates = await library.follow?.(LibraryUpdates!, { id: order.id });

    expect(viewer.data).toMatchObject({ viewer: { id: customer.id, name: 'Ada' } });
    expect((updates ?? []).flatMap(({ codes }) => codes)).toEqual([]);
    const last = updates?.at(-1)?.data?.['orderUpdated'];
    expect(last ?? null).toEqual(library.follow === null ? null : { ...order, status: 'PAID' });
  });
});
