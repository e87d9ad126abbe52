import type { JsonObject } from '../json.ts';
import { contentOf, json, refused } from './openapi-components.ts';

const text = { type: 'string' };

/** The token endpoint of API clients. Its errors have the form of RFC 6749, section 5.2. */
export function clientToken(): JsonObject {
  return {
    post: {
      operationId: 'clientToken',
      summary: 'An access token of an API client (OAuth 2, client credentials).',
      security: [{ clientSecret: [] }, {}],
      requestBody: {
        required: true,
        content: contentOf(['application/x-www-form-urlencoded'], {
          type: 'object',
          properties: {
            grant_type: { const: 'client_credentials' },
            scope: { ...text, description: 'Some of the scopes, separated by spaces. All where it is missing.' },
            client_id: { ...text, description: 'Where the Authorization header has no credentials.' },
            client_secret: text,
          },
          required: ['grant_type'],
        }),
      },
      responses: {
        '200': {
          description: 'The token.',
          content: json({
            type: 'object',
            properties: {
              access_token: text,
              token_type: { const: 'Bearer' },
              expires_in: { type: 'integer', minimum: 0 },
              scope: text,
            },
            required: ['access_token', 'token_type', 'expires_in', 'scope'],
            additionalProperties: false,
          }),
        },
        ...Object.fromEntries(Object.entries(errors).map(([status, description]) => [status, oauthError(description)])),
      },
    },
  };
}

/** The metadata of the token endpoint (RFC 8414). */
export function clientMetadata(): JsonObject {
  const texts = { type: 'array', items: text };
  const properties = {
    issuer: { ...text, format: 'uri' },
    token_endpoint: { ...text, format: 'uri' },
    scopes_supported: texts,
    response_types_supported: texts,
    grant_types_supported: texts,
    token_endpoint_auth_methods_supported: texts,
  };
  const required = Object.keys(properties);
  return {
    get: {
      operationId: 'clientMetadata',
      summary: 'The metadata of the token endpoint (RFC 8414). The issuer is PUBLIC_URL.',
      responses: {
        '200': {
          description: 'The metadata.',
          content: json({ type: 'object', properties, required, additionalProperties: false }),
        },
        ...refused(['BAD_REQUEST']),
      },
    },
  };
}

const errors = {
  400: 'invalid_request, invalid_scope, unsupported_grant_type',
  401: 'invalid_client',
  405: 'invalid_request',
  413: 'invalid_request',
  415: 'invalid_request',
  429: 'temporarily_unavailable',
  500: 'temporarily_unavailable',
  503: 'temporarily_unavailable',
};

function oauthError(description: string): JsonObject {
  const body = {
    type: 'object',
    properties: { error: text, error_description: text },
    required: ['error', 'error_description'],
    additionalProperties: false,
  };
  return { description, content: json(body) };
}
