import { type GraphQLSchema, print } from 'graphql';
import { z } from 'zod';
import { archiveFormat } from '#router/personal-data/archive.ts';
import { chosenMutation } from '#router/session.ts';
import { nextPageOperation } from '#router/statements/account-statement.ts';
import { period } from '#router/statements/period.ts';
import { columns as statementColumns } from '#router/statements/rows.ts';
import type { Json, JsonObject } from '../json.ts';
import { scopesOfDocument } from './client-scopes.ts';
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

export function statement(api: GraphQLSchema): JsonObject {
  const nextPage = print(nextPageOperation.document);
  const { $schema: _, properties } = z.toJSONSchema(period, { io: 'input' });
  const bounds = Object.entries(properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    schema: schema as Json,
  }));
  return {
    get: {
      operationId: 'statement',
      summary: "An account's statement as CSV, oldest entry first.",
      description:
        'UTF-8 with a byte order mark. The first row is the opening balance, the last one the closing balance; the ' +
        'amounts between them add up to the difference. Texts are quoted, line breaks become spaces, and an ' +
        'apostrophe precedes text that a spreadsheet could execute as a formula. Its cost is the cost of all its ' +
        'pages. More than STATEMENTS_PER_CUSTOMER or STATEMENTS_AT_ONCE concurrent requests are refused with Retry-After.',
      security: [{ accessToken: [] }, ...scopesOfDocument(api, nextPage).map((apiClient) => ({ apiClient }))],
      parameters: [
        { name: 'account', in: 'path', required: true, description: "The account's id.", schema: { type: 'string' } },
        ...bounds,
      ],
      responses: {
        '200': {
          description: `The columns are ${statementColumns.join(', ')}.`,
          headers: {
            'content-disposition': {
              description: "The file's name, with the account's number and the period.",
              schema: { type: 'string' },
            },
          },
          content: { 'text/csv': { schema: { type: 'string' } } },
        },
        ...refused([
          'BAD_USER_INPUT',
          'UNAUTHENTICATED',
          'NOT_FOUND',
          'RATE_LIMITED',
          'INTERNAL_SERVER_ERROR',
          'SERVICE_UNAVAILABLE',
          'SUBGRAPH_UNAVAILABLE',
          'SUBGRAPH_TIMEOUT',
        ]),
      },
    },
  };
}

export function myData(): JsonObject {
  return {
    get: {
      operationId: 'myData',
      summary: 'The archive of everything that the service keeps of the customer.',
      description:
        'The path is in the result of downloadMyData. It works once, with the access token of the same customer. The ' +
        'archive counts as downloaded when the response begins. docs/personal-data.md describes its members.',
      security: [{ accessToken: [] }],
      parameters: [
        { name: 'token', in: 'path', required: true, description: "The link's token.", schema: { type: 'string' } },
      ],
      responses: {
        '200': {
          description: 'The archive, as an attachment.',
          headers: {
            'content-disposition': { description: "The file's name, with the date.", schema: { type: 'string' } },
          },
          content: json({
            type: 'object',
            properties: {
              format: { const: archiveFormat },
              madeAt: { type: 'string', format: 'date-time' },
              profile: { type: 'object' },
            },
            required: ['format', 'madeAt', 'profile'],
            additionalProperties: { type: 'array', items: { type: 'object' } },
          }),
        },
        ...refused([
          'UNAUTHENTICATED',
          'NOT_FOUND',
          'RATE_LIMITED',
          'INTERNAL_SERVER_ERROR',
          'SERVICE_UNAVAILABLE',
          'SUBGRAPH_UNAVAILABLE',
          'SUBGRAPH_TIMEOUT',
        ]),
      },
    },
  };
}
