import type { GraphQLSchema } from 'graphql';
import { chosenMutation } from '#router/session.ts';
import type { JsonObject } from '../json.ts';
import { inputOf } from './graphql-input.ts';
import { json, jsonBody, refused, schema } from './openapi-components.ts';

const ownPage = {
  name: 'x-console',
  in: 'header',
  required: true,
  description: 'Any value: it shows that the request comes from a page of this server.',
  schema: { type: 'string' },
};

const cookie = {
  'set-cookie': { description: 'The refresh token, for /session only (HttpOnly).', schema: { type: 'string' } },
};

export function session(api: GraphQLSchema): JsonObject {
  const mutations = chosenMutation.options.flatMap(({ shape }) => Object.keys(shape));
  return {
    description: "Sessions of browsers, for this server's own pages. The refresh token is in a cookie.",
    parameters: [ownPage],
    post: {
      operationId: 'beginSession',
      summary: `One of ${mutations.join(', ')}.`,
      security: [{}, { accessToken: [] }],
      requestBody: jsonBody({
        oneOf: mutations.map((mutation) => ({
          type: 'object',
          properties: { [mutation]: inputOf(api, mutation) },
          required: [mutation],
          additionalProperties: false,
        })),
      }),
      responses: {
        '200': {
          description: 'The session, or the user errors.',
          headers: cookie,
          content: json({
            type: 'object',
            properties: { session: sessionOrNull, userErrors: { type: 'array', items: schema('UserError') } },
            required: ['session', 'userErrors'],
          }),
        },
        ...refused([
          'BAD_REQUEST',
          'BAD_USER_INPUT',
          'UNAUTHENTICATED',
          'FORBIDDEN',
          'PAYLOAD_TOO_LARGE',
          'UNSUPPORTED_MEDIA_TYPE',
          'RATE_LIMITED',
          'INTERNAL_SERVER_ERROR',
          'SUBGRAPH_UNAVAILABLE',
          'SUBGRAPH_TIMEOUT',
        ]),
      },
    },
    delete: {
      operationId: 'endSession',
      summary: 'Revokes the refresh token of the cookie and deletes the cookie.',
      security: [{}, { refreshToken: [] }],
      responses: {
        '204': { description: 'The session has ended.', headers: cookie },
        ...refused(['FORBIDDEN', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_TIMEOUT']),
      },
    },
  };
}

const sessionOrNull = { anyOf: [schema('Session'), { type: 'null' }] };

export function refresh(): JsonObject {
  return {
    parameters: [ownPage],
    post: {
      operationId: 'refreshSession',
      summary: 'The next access token. The same cookie gets the same answer for 30 seconds.',
      security: [{}, { refreshToken: [] }],
      responses: {
        '200': {
          description: 'The session, or null if there is none.',
          headers: cookie,
          content: json({ type: 'object', properties: { session: sessionOrNull }, required: ['session'] }),
        },
        ...refused(['FORBIDDEN', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_TIMEOUT']),
      },
    },
  };
}
