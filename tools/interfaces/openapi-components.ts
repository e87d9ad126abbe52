import { type GraphQLSchema, isEnumType } from 'graphql';
import { readConfig } from '#local/config.ts';
import { managementOriginOf, originOf, type PartName, partNames } from '#local/parts.ts';
import { type FaultCode, faultCodes } from '#platform/errors/faults.ts';
import { scopes } from '#platform/identity/scopes.ts';
import type { JsonObject } from '../json.ts';

const launcher = readConfig({});

/** A description names a contact. Which operator runs a server is not known here. */
export const contact = { name: 'The operator of this server' };

/** OpenAPI needs a text for each scope; docs/machines.md lists what each opens. */
export const scopeTexts = Object.fromEntries(scopes.map((scope) => [scope, scope.split(':').toReversed().join(' ')]));

export function serversOf(names: readonly PartName[]): JsonObject[] {
  return names.map((name) => ({ url: originOf(launcher, name), description: name }));
}

/** The management ports of all processes. */
export function managementServers(): JsonObject[] {
  return partNames.map((name) => ({ url: managementOriginOf(launcher, name), description: `${name}, for operators` }));
}

export function components(api: GraphQLSchema): JsonObject {
  const userErrorCode = api.getType('UserErrorCode');
  if (!isEnumType(userErrorCode)) throw new Error('the graph has no UserErrorCode');
  const text = { type: 'string' };
  const object = { type: 'object' };
  return {
    securitySchemes: {
      accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      apiClient: {
        type: 'oauth2',
        flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes: scopeTexts } },
      },
      clientSecret: { type: 'http', scheme: 'basic' },
      refreshToken: { type: 'apiKey', in: 'cookie', name: 'refresh_token' },
    },
    headers: {
      'retry-after': { description: 'Seconds to wait.', schema: { type: 'integer' } },
      ratelimit: { description: 'The remaining quota, and the seconds until it resets.', schema: text },
      'ratelimit-policy': { description: 'The quota, and its window in seconds.', schema: text },
    },
    schemas: {
      Request: {
        type: 'object',
        properties: { query: text, operationName: text, variables: object, extensions: object },
      },
      Answer: {
        type: 'object',
        properties: {
          data: { anyOf: [object, { type: 'null' }] },
          errors: { type: 'array', items: schema('Error') },
          extensions: object,
        },
        anyOf: [{ required: ['data'] }, { required: ['errors'] }],
      },
      Refusal: {
        type: 'object',
        properties: { errors: { type: 'array', minItems: 1, items: schema('Error') } },
        required: ['errors'],
      },
      Error: {
        type: 'object',
        properties: {
          message: text,
          locations: { type: 'array', items: object },
          path: { type: 'array', items: { type: ['string', 'integer'] } },
          extensions: {
            type: 'object',
            properties: {
              code: { enum: Object.keys(faultCodes) },
              retryAfterS: { type: 'integer', minimum: 1 },
              field: { type: 'array', items: text },
            },
            required: ['code'],
          },
        },
        required: ['message', 'extensions'],
      },
      UserError: {
        type: 'object',
        properties: {
          code: { enum: userErrorCode.getValues().map(({ name }) => name) },
          message: text,
          field: { anyOf: [{ type: 'array', items: text }, { type: 'null' }] },
          retryAfterS: { type: ['integer', 'null'], minimum: 1 },
        },
        required: ['code', 'message', 'field'],
      },
      Session: {
        type: 'object',
        properties: {
          accessToken: text,
          expiresInS: { type: 'integer', minimum: 0 },
          user: {
            type: 'object',
            properties: { id: text, email: text, name: text },
            required: ['id', 'email', 'name'],
          },
        },
        required: ['accessToken', 'expiresInS', 'user'],
        additionalProperties: false,
      },
    },
  };
}

/** Responses for these error codes, by status. */
export function refused(codes: readonly FaultCode[], types: readonly string[] = ['application/json']): JsonObject {
  const content = contentOf(types, schema('Refusal'));
  return Object.fromEntries(
    [...Map.groupBy(codes, (code) => faultCodes[code])].map(([status, codes]) => [
      String(status),
      { description: codes.join(', '), ...(status === 429 ? { headers: headers('retry-after') } : {}), content },
    ]),
  );
}

export function contentOf(types: readonly string[], body: JsonObject): JsonObject {
  return Object.fromEntries(types.map((type) => [type, { schema: body }]));
}

export function headers(...names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

export function schema(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

export function jsonBody(body: JsonObject): JsonObject {
  return { required: true, content: json(body) };
}

export function json(body: JsonObject): JsonObject {
  return contentOf(['application/json'], body);
}
