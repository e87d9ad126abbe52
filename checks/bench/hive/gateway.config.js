import { unifiedGraphHandler } from '@graphql-hive/router-runtime';

/** The set-up of its documentation; it forwards the authorization header. HIVE_MODE chooses the executor: default, compiled, or Rust. */
export const gatewayConfig = {
  supergraph: process.env.HIVE_SUPERGRAPH,
  host: '127.0.0.1',
  port: Number(process.env.HIVE_PORT),
  fork: 1,
  jit: process.env.HIVE_MODE === 'compiled',
  ...(process.env.HIVE_MODE === 'rust' ? { unifiedGraphHandler } : {}),
  logging: false,
  graphiql: false,
  landingPage: false,
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') }),
  },
};
