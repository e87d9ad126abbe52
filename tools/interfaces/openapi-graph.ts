import { partNames } from '#local/parts.ts';
import type { JsonObject } from '../json.ts';
import { contentOf, headers, jsonBody, refused, schema, serversOf } from './openapi-components.ts';

const subgraphs = partNames.filter((name) => name !== 'jobs' && name !== 'router');

/** By what the client takes. */
const answerTypes = ['application/json', 'application/graphql-response+json'];

export function graph(): JsonObject {
  const responses = {
    '200': {
      description: 'The answer; refusals that a person can act on are `userErrors` in it.',
      headers: headers('ratelimit', 'ratelimit-policy'),
      content: {
        ...contentOf(answerTypes, schema('Answer')),
        // At the router, a subscription whose client takes it.
        'text/event-stream': { schema: { type: 'string' } },
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
      "GraphQL over HTTP. At the router it is the whole graph; at a subgraph the part of it in that subgraph's " +
      '`schema.graphql`, with `_service` and `_entities`, for the router.',
    servers: serversOf(['router', ...subgraphs]),
    get: {
      operationId: 'query',
      summary:
        'A query, or at the router a subscription. A browser, which takes HTML, is shown the explorer at the router.',
      security: [{}, { accessToken: [] }],
      parameters: parametersOfGet(),
      responses: {
        ...responses,
        '200': { ...responses['200'], content: { ...responses['200'].content, 'text/html': {} } },
      },
    },
    post: {
      operationId: 'execute',
      summary: 'A query or a mutation, or at the router a subscription.',
      security: [{}, { accessToken: [] }],
      requestBody: jsonBody(schema('Request')),
      responses,
    },
  };
}

export function stream(): JsonObject {
  const responses = {
    '200': {
      description: 'Events `next` with an answer each, then `complete`; a colon alone is a heartbeat.',
      headers: {
        'last-event-id': { description: 'Where a stream of notifications begins.', schema: { type: 'string' } },
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
    description: 'The id of the last event that was received: what came since is sent, and nothing twice.',
    schema: { type: 'string' },
  };
  return {
    description:
      'A subscription over Server-Sent Events: GraphQL over SSE, distinct connections mode (docs/live-updates.md).',
    get: {
      operationId: 'subscribeByGet',
      summary: 'A subscription, as an `EventSource` asks for it.',
      security: [{ accessToken: [] }],
      parameters: [...parametersOfGet(), lastEventId],
      responses,
    },
    post: {
      operationId: 'subscribe',
      summary: 'A subscription.',
      security: [{ accessToken: [] }],
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
