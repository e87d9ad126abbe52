import type { GraphQLSchema } from 'graphql';
import { metricsContentType } from '#platform/telemetry/metrics.ts';
import { metadataPath } from '#router/oauth-metadata.ts';
import type { JsonObject } from '../json.ts';
import { components, contact, json, managementServers, refused, serversOf } from './openapi-components.ts';
import { myData, receipt, statements } from './openapi-downloads.ts';
import { graph, stream } from './openapi-graph.ts';
import { mcp } from './openapi-mcp.ts';
import { clientMetadata, clientToken } from './openapi-oauth.ts';
import { refresh, session } from './openapi-session.ts';

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
      contact,
      description:
        'Generated from the code by `npm run interfaces`. schema.graphql describes the operations of /graphql. The ' +
        "console's page and assets are omitted. Ports are those of `npm start`.",
    },
    servers: serversOf(['router']),
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths: {
      '/graphql': tagged('Graph', graph()),
      '/graphql/stream': tagged('Graph', stream()),
      '/oauth/token': tagged('Tokens of API clients', clientToken()),
      [metadataPath]: tagged('Tokens of API clients', clientMetadata()),
      '/mcp': tagged('Agents', mcp()),
      '/session': tagged('Sessions of browsers', session(api)),
      '/session/refresh': tagged('Sessions of browsers', refresh()),
      ...Object.fromEntries(statements(api).map(([path, item]) => [path, tagged('Downloads', item)])),
      '/statements/receipts/{number}.pdf': tagged('Downloads', receipt(api)),
      '/my-data/{token}': tagged('Downloads', myData()),
      '/.well-known/jwks.json': tagged('Keys', keys()),
      '/health/live': tagged('Management', live()),
      '/health/ready': tagged('Management', ready()),
      '/metrics': tagged('Management', metrics()),
    },
    components: components(api),
  };
}

const tags = {
  Graph: 'GraphQL over HTTP.',
  'Sessions of browsers': "The console's session, whose refresh token is in a cookie.",
  'Tokens of API clients': 'OAuth 2 for programs (docs/machines.md).',
  Agents: 'The Model Context Protocol, with the setting MCP=on (docs/machines.md).',
  Downloads: 'Files of a customer.',
  Keys: 'The public keys of access tokens.',
  Management: 'For operators, on a port of its own.',
};

/** Adds what every operation has: the tag, a description, and no security if it names none. */
function tagged(tag: keyof typeof tags, path: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(path).map(([key, value]) => {
      if (!['get', 'post', 'put', 'delete'].includes(key)) return [key, value];
      const operation = value as JsonObject;
      const description = operation['description'] ?? operation['summary']!;
      return [key, { tags: [tag], security: [], ...operation, description }];
    }),
  );
}

function keys(): JsonObject {
  return {
    servers: serversOf(['user']),
    get: {
      operationId: 'keys',
      summary: 'The public keys of access tokens (RFC 7517), and the users and API clients whose tokens are revoked.',
      responses: {
        '200': {
          description: 'The keys and the revoked users and API clients.',
          content: json({
            type: 'object',
            properties: {
              keys: { type: 'array', items: key },
              revoked_subjects: {
                description:
                  'Ids of deleted users and revoked API clients whose access tokens may not have expired yet.',
                type: 'array',
                items: { type: 'string', format: 'uuid' },
              },
            },
            required: ['keys', 'revoked_subjects'],
          }),
        },
        ...refused(['BAD_REQUEST', 'SERVICE_UNAVAILABLE']),
      },
    },
  };
}

const key = {
  type: 'object',
  properties: { kty: { type: 'string' }, kid: { type: 'string' } },
  required: ['kty', 'kid'],
};

function live(): JsonObject {
  const { properties } = status('stuck');
  const stuck = {
    type: 'object',
    properties: { ...properties, reason: { type: 'string' } },
    required: ['status', 'reason'],
  };
  return {
    servers: managementServers(),
    get: {
      operationId: 'live',
      summary: 'Whether the process runs.',
      responses: {
        '200': { description: 'It runs.', content: json(status('ok')) },
        ...refused(['BAD_REQUEST']),
        '503': { description: 'It has to be restarted; the body says why.', content: json(stuck) },
      },
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
        ...refused(['BAD_REQUEST']),
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
        ...refused(['BAD_REQUEST']),
      },
    },
  };
}
