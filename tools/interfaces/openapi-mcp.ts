import type { JsonObject } from '../json.ts';
import { json, jsonBody, refused, schema } from './openapi-components.ts';

const text = { type: 'string' };
const id = { type: ['string', 'integer'] };

/** The endpoint of agents. Its messages are those of the Model Context Protocol, in JSON-RPC 2.0. */
export function mcp(): JsonObject {
  const refusals = refused([
    'UNAUTHENTICATED',
    'FORBIDDEN',
    'RATE_LIMITED',
    'PAYLOAD_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
    'SERVICE_UNAVAILABLE',
    'INTERNAL_SERVER_ERROR',
  ]);
  return {
    post: {
      operationId: 'callAgentTool',
      summary: 'One message of the Model Context Protocol.',
      description:
        'One message of the Model Context Protocol (streamable HTTP without sessions), with the access token of an ' +
        'API client. The router serves it only with the setting MCP=on; otherwise the path does not exist.',
      security: [{ apiClient: [] }],
      parameters: [
        {
          name: 'accept',
          in: 'header',
          required: true,
          description: 'It must name application/json and text/event-stream.',
          schema: text,
        },
      ],
      requestBody: jsonBody({
        type: 'object',
        properties: { jsonrpc: { const: '2.0' }, id, method: text, params: { type: 'object' } },
        required: ['jsonrpc'],
      }),
      responses: {
        '200': { description: 'The response to a request.', content: json({ oneOf: [result, rpcError] }) },
        '202': { description: 'A notification or a response was accepted.' },
        ...refusals,
        '400': {
          description: 'BAD_REQUEST; or the message is invalid, or of an unknown version of the protocol.',
          content: json({ oneOf: [schema('Refusal'), rpcError] }),
        },
        '406': { description: 'The accept header lacks a type.', content: json(rpcError) },
      },
    },
  };
}

const result = {
  type: 'object',
  properties: { jsonrpc: { const: '2.0' }, id, result: { type: 'object' } },
  required: ['jsonrpc', 'id', 'result'],
  additionalProperties: false,
};

const rpcError = {
  type: 'object',
  properties: {
    jsonrpc: { const: '2.0' },
    id: { type: ['string', 'integer', 'null'] },
    error: {
      type: 'object',
      properties: { code: { type: 'integer' }, message: text },
      required: ['code', 'message'],
    },
  },
  required: ['jsonrpc', 'error'],
  additionalProperties: false,
};
