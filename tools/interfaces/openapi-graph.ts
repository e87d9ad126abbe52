import { partNames } from '#local/parts.ts';
import type { JsonObject } from '../json.ts';
import { contentOf, headers, jsonBody, refused, schema, serversOf } from './openapi-components.ts';

const subgraphs = partNames.filter((name) => name !== 'jobs' && name !== 'router');

/** The content types of answers, chosen by the Accept header. */
const answerTypes = ['application/json', 'application/graphql-response+json'];

export function graph(): JsonObject {
  const responses = {
    '200': {
      description: 'The answer. Refusals that a user can act on are `userErrors` in it.',
      headers: headers('ratelimit', 'ratelimit-policy'),
      content: {
        ...contentOf(answerTypes, schema('Answer')),
        // Subscriptions at the router, if the client accepts one of these types.
        'text/event-stream': { schema: { type: 'string' } },
        'multipart/mixed': { schema: { type: 'string' } },
      },
    },
    ...refused(
      [
        'BAD_REQUEST',
        'BAD_USER_INPUT',
        'GRAPHQL_PARSE_FAILED',
        'GRAPHQL_VALIDATION_FAILED',
        'OPERATION_RESOLUTION_FAILURE',
        'QUERY_TOO_COMPLEX',
        'UNAUTHENTICATED',
        'METHOD_NOT_ALLOWED',
        'NOT_ACCEPTABLE',
        'PAYLOAD_TOO_LARGE',
        'UNSUPPORTED_MEDIA_TYPE',
        'RATE_LIMITED',
        'TOO_MANY_STREAMS',
        'INTERNAL_SERVER_ERROR',
        'SERVICE_UNAVAILABLE',
        'SUBGRAPH_UNAVAILABLE',
        'SUBGRAPH_TIMEOUT',
      ],
      answerTypes,
    ),
  };
  return {
    description:
      "GraphQL over HTTP. The router serves the whole graph, and a subgraph serves its own part: that subgraph's " +
      '`schema.graphql` with `_service` and `_entities`.',
    servers: serversOf(['router', ...subgraphs]),
    get: {
      operationId: 'query',
      summary: 'A query, or a subscription at the router. The router serves the explorer to clients that accept HTML.',
      security: [{}, { accessToken: [] }, { apiClient: [] }],
      parameters: parametersOfGet(),
      responses: {
        ...responses,
        '200': { ...responses['200'], content: { ...responses['200'].content, 'text/html': {} } },
      },
    },
    post: {
      operationId: 'execute',
      summary: 'A query or a mutation, or a subscription at the router.',
      security: [{}, { accessToken: [] }, { apiClient: [] }],
      requestBody: jsonBody(schema('Request')),
      responses,
    },
  };
}

export function stream(): JsonObject {
  const responses = {
    '200': {
      description: 'Events `next` with one answer each, then `complete`. A comment line is a heartbeat.',
      headers: {
        'last-event-id': {
          description: 'The position at which a stream of notifications starts.',
          schema: { type: 'string' },
        },
      },
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    },
    ...refused([
      'BAD_REQUEST',
      'BAD_USER_INPUT',
      'UNAUTHENTICATED',
      'METHOD_NOT_ALLOWED',
      'PAYLOAD_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
      'RATE_LIMITED',
      'TOO_MANY_STREAMS',
      'INTERNAL_SERVER_ERROR',
      'SERVICE_UNAVAILABLE',
      'SUBGRAPH_UNAVAILABLE',
      'SUBGRAPH_TIMEOUT',
    ]),
  };
  const lastEventId = {
    name: 'last-event-id',
    in: 'header',
    description:
      'The id of the last event that the client received. The stream continues after it, without duplicates.',
    schema: { type: 'string' },
  };
  return {
    description:
      'A subscription over Server-Sent Events: GraphQL over SSE, distinct connections mode (docs/live-updates.md).',
    get: {
      operationId: 'subscribeByGet',
      summary: 'A subscription, as an `EventSource` requests it.',
      security: [{ accessToken: [] }, { apiClient: [] }],
      parameters: [...parametersOfGet(), lastEventId],
      responses,
    },
    post: {
      operationId: 'subscribe',
      summary: 'A subscription.',
      security: [{ accessToken: [] }, { apiClient: [] }],
      parameters: [lastEventId],
      requestBody: jsonBody(schema('Request')),
      responses,
    },
  };
}

/** The parameters of GraphQL over HTTP, for GET. */
function parametersOfGet(): JsonObject[] {
  const text = { type: 'string' };
  const json = (name: string) => ({
    name,
    in: 'query',
    content: { 'application/json': { schema: { type: 'object' } } },
  });
  return [
    { name: 'query', in: 'query', schema: text },
    { name: 'operationName', in: 'query', schema: text },
    json('variables'),
    json('extensions'),
  ];
}
