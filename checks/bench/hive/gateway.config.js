import { unifiedGraphHandler } from '@graphql-hive/router-runtime';

/** As its documentation sets it up: it forwards who asks. HIVE_MODE says how it executes: by itself, compiled, or in Rust. */
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
