import type { GraphQLSchema } from 'graphql';
import { metricsContentType } from '#platform/telemetry/metrics.ts';
import type { JsonObject } from '../json.ts';
import { components, json, managementServers, refused, serversOf } from './openapi-components.ts';
import { graph, stream } from './openapi-graph.ts';
import { myData, refresh, session, statement } from './openapi-session.ts';

/**
 * The HTTP interfaces of all processes, as OpenAPI 3.1; schema.graphql describes the graph. Bodies are derived from the
 * code's own schemas, and a test compares routes and answers with a running system.
 */
export function openApiAsBuilt(version: string, api: GraphQLSchema): JsonObject {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Wallet and orders: HTTP interfaces',
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        'Generated from the code by `npm run interfaces`. schema.graphql describes the operations of /graphql. The ' +
        "console's page and assets are omitted. Ports are those of `npm start`.",
    },
    servers: serversOf(['router']),
    paths: {
      '/graphql': graph(),
      '/graphql/stream': stream(),
      '/session': session(api),
      '/session/refresh': refresh(),
      '/statements/{account}.csv': statement(),
      '/my-data/{token}': myData(),
      '/.well-known/jwks.json': keys(),
      '/health/live': live(),
      '/health/ready': ready(),
      '/metrics': metrics(),
    },
    components: components(api),
  };
}

function keys(): JsonObject {
  return {
    servers: serversOf(['user']),
    get: {
      operationId: 'keys',
      summary: 'The public keys of access tokens (RFC 7517), and the users whose tokens are revoked.',
      responses: {
        '200': {
          description: 'The keys and the revoked users.',
          content: json({
            type: 'object',
            properties: {
              keys: { type: 'array', items: { type: 'object', required: ['kty', 'kid'] } },
              revoked_subjects: {
                description: 'Ids of deleted users whose access tokens may not have expired yet.',
                type: 'array',
                items: { type: 'string', format: 'uuid' },
              },
            },
            required: ['keys', 'revoked_subjects'],
          }),
        },
        ...refused(['SERVICE_UNAVAILABLE']),
      },
    },
  };
}

function live(): JsonObject {
  return {
    servers: managementServers(),
    get: {
      operationId: 'live',
      summary: 'Whether the process runs.',
      responses: { '200': { description: 'It runs.', content: json(status('ok')) } },
    },
  };
}

function ready(): JsonObject {
  const { properties } = status('waiting');
  const waiting = {
    type: 'object',
    properties: { ...properties, waitingFor: { type: 'string' } },
    required: ['status', 'waitingFor'],
  };
  return {
    servers: managementServers(),
    get: {
      operationId: 'ready',
      summary: 'Whether the process is ready.',
      responses: {
        '200': { description: 'It is ready.', content: json(status('ok')) },
        '503': { description: 'It is not ready; the body names what it waits for.', content: json(waiting) },
      },
    },
  };
}

function status(value: string) {
  return { type: 'object', properties: { status: { const: value } }, required: ['status'] };
}

function metrics(): JsonObject {
  const [contentType] = metricsContentType.split(';');
  return {
    servers: managementServers(),
    get: {
      operationId: 'metrics',
      summary: 'Metrics for Prometheus (docs/observability.md).',
      responses: {
        '200': { description: 'The metrics.', content: { [contentType!]: { schema: { type: 'string' } } } },
      },
    },
  };
}
