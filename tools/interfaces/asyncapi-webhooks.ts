import { sentEvents, webhookVersion } from '#notification/domain/webhook-events.ts';
import type { JsonObject } from '../json.ts';
import { wireSchema } from './wire-schema.ts';

/** The channel of webhooks: each type of event with its schema and an example. */
export function webhooksAsBuilt(): JsonObject {
  return {
    address: '/{path}',
    description: 'Events for the programs of customers, signed as Standard Webhooks says.',
    servers: [{ $ref: '#/servers/receiver' }],
    parameters: { path: { description: 'The path in the URL of the webhook.' } },
    messages: Object.fromEntries(
      Object.entries(sentEvents).map(([type, { about, data, example }]) => [
        type,
        {
          name: type,
          summary: about,
          headers: webhookHeaders,
          payload: webhookBody(type, wireSchema(data)),
          examples: [
            { payload: { type, timestamp: exampleTime, version: webhookVersion, sequence: 1, data: example } },
          ],
        },
      ]),
    ),
  };
}

const exampleTime = '2026-01-02T03:04:05.678Z';

const webhookHeaders = {
  type: 'object',
  required: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
  properties: {
    'webhook-id': { type: 'string', format: 'uuid', description: 'The id of the event, the same in each attempt.' },
    'webhook-timestamp': { type: 'string', description: 'When the request was made, in seconds.' },
    'webhook-signature': { type: 'string', description: 'One or two signatures, separated by a space.' },
  },
};

function webhookBody(type: string, data: JsonObject): JsonObject {
  return {
    type: 'object',
    required: ['type', 'timestamp', 'version', 'sequence', 'data'],
    properties: {
      type: { const: type },
      timestamp: { type: 'string', format: 'date-time', description: 'When the event was recorded.' },
      version: { const: webhookVersion, description: 'The version of the payload. It only gets more fields.' },
      sequence: { type: 'integer', minimum: 1, description: 'The position among the events of the object.' },
      data,
    },
  };
}
