import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { Json, JsonObject } from '../json.ts';
import { generatedDocuments, readDocuments } from './documents.ts';
import { documentFaults } from './validate.ts';

const asyncApi = {
  asyncapi: '3.0.0',
  info: { title: 'Orders', version: '1' },
  channels: { orders: { address: 'orders', messages: { placed: { payload: { type: 'string' } } } } },
  operations: { place: { action: 'send', channel: { $ref: '#/channels/orders' } } },
};

const openApi = {
  openapi: '3.1.1',
  info: { title: 'Orders', version: '1' },
  paths: {
    '/orders': { get: { responses: { '200': { description: 'Orders.', content: contentOf({ type: 'array' }) } } } },
  },
};

function contentOf(schema: JsonObject): JsonObject {
  return { 'application/json': { schema } };
}

/** The parts of an OpenAPI description that linters check. */
const lintedOperation = z.object({
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
  security: z.unknown().optional(),
  responses: z.record(z.string(), z.unknown()),
});
const linted = z.object({
  info: z.looseObject({}),
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  security: z.unknown().optional(),
});

describe('the interface descriptions', () => {
  test.each(readDocuments().map(({ name, document }) => [name, document] as const))(
    'are valid by their specification: %s',
    async (_, document) => {
      expect(await documentFaults(document)).toEqual([]);
    },
  );

  test.each(readDocuments().filter(({ name }) => name.includes('openapi')))(
    'have what linters ask for: $name',
    ({ document }) => {
      const { info, tags, paths, security } = linted.parse(document);
      const described = new Set(tags.filter(({ description }) => description.length > 0).map(({ name }) => name));
      const operations = Object.entries(paths).flatMap(([path, item]) =>
        Object.entries(item)
          .filter(([method]) => ['get', 'put', 'post', 'patch', 'delete'].includes(method))
          .map(([method, operation]) => ({ at: `${method} ${path}`, operation: lintedOperation.parse(operation) })),
      );
      const faults = operations.flatMap(({ at, operation }) => [
        ...(operation.description ? [] : [`${at}: no description`]),
        ...(operation.tags?.length === 1 && described.has(operation.tags[0]!) ? [] : [`${at}: no described tag`]),
        ...((operation.security ?? security) === undefined ? [`${at}: no security`] : []),
        ...(Object.keys(operation.responses).some((status) => status.startsWith('4')) ? [] : [`${at}: no 4XX`]),
      ]);

      expect(info).toMatchObject({ contact: { name: expect.any(String) }, license: { name: 'MIT' } });
      expect(faults).toEqual([]);
    },
  );

  test('of the product exist, and no others are generated', async () => {
    const names = (await generatedDocuments()).map(({ file }) => file.pathname.split('/').at(-1));

    expect(names).toEqual(['as-built.asyncapi.yaml', 'as-built.openapi.yaml', 'openapi.json']);
    expect(readDocuments().map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  });
});

describe('an interface description', () => {
  test.each<readonly [string, Json]>([
    ['AsyncAPI', asyncApi],
    ['OpenAPI', openApi],
  ])('is accepted if it is valid: %s', async (_, document) => {
    expect(await documentFaults(document)).toEqual([]);
  });

  test.each<readonly [string, Json, string]>([
    [
      'has an unknown version',
      { ...asyncApi, asyncapi: '2.6.0' },
      'the document is neither OpenAPI 3.1 nor AsyncAPI 3.0.0',
    ],
    ['has an unknown format', { swagger: '2.0' }, 'the document is neither OpenAPI 3.1 nor AsyncAPI 3.0.0'],
    ['has no title', { ...asyncApi, info: { version: '1' } }, '#/info violates'],
    ['has an unknown field', { ...openApi, path: {} }, '#/path violates'],
    [
      'has an invalid action',
      { ...asyncApi, operations: { place: { ...asyncApi.operations.place, action: 'publish' } } },
      '#/operations/place/action violates',
    ],
    [
      'has a payload with an invalid type',
      { ...asyncApi, channels: { orders: { messages: { placed: { payload: { type: 'strin' } } } } } },
      '#/channels/orders/messages/placed/payload/type violates',
    ],
    [
      'has a body with an invalid type',
      {
        ...openApi,
        paths: {
          '/orders': { get: { responses: { '200': { description: '', content: contentOf({ type: 'list' }) } } } },
        },
      },
      '#/paths/~1orders/get/responses/200/content/application~1json/schema/type violates',
    ],
    [
      'has a dangling reference',
      { ...asyncApi, operations: { place: { action: 'send', channel: { $ref: '#/channels/order' } } } },
      '#/channels/order does not exist',
    ],
  ])('is refused if it %s', async (_, document, fault) => {
    expect(await documentFaults(document)).toContainEqual(expect.stringContaining(fault));
  });
});
