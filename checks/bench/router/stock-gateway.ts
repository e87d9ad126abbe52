import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

/** The process of the stock gateway, set up as in its documentation; it forwards the authorization header. */

interface Context {
  readonly authorization: string | undefined;
}

const [port, supergraphFile] = process.argv.slice(2) as [string, string];
const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(supergraphFile, 'utf8'),
  buildService: ({ url }) =>
    new RemoteGraphQLDataSource<Context>({
      url: url!,
      willSendRequest: ({ request, context }) => {
        if (context.authorization !== undefined) request.http!.headers.set('authorization', context.authorization);
      },
    }),
});
await startStandaloneServer(new ApolloServer<Context>({ gateway }), {
  listen: { host: '127.0.0.1', port: Number(port) },
  context: async ({ req }) => ({ authorization: req.headers.authorization }),
});
process.once('disconnect', () => process.exit());
