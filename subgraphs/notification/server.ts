import { runSubgraph } from '#platform/graphql/subgraph-process.ts';
import { configOf } from '#subgraphs/settings.ts';
import { createContext } from './context.ts';
import { database } from './database.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';

await runSubgraph({
  name: 'notification',
  schemaUrl: new URL('schema.graphql', import.meta.url),
  resolvers,
  permissions,
  database,
  readConfig: configOf('notification', {}).readConfig,
  prepare: () => ({ contextOf: createContext }),
});
