import { randomUUID } from 'node:crypto';
import { registerSchema, validate, type Validator } from '@hyperjump/json-schema/draft-2020-12';
import '@hyperjump/json-schema/draft-07';
import { z } from 'zod';
import { readDocuments } from '../tools/interfaces/documents.ts';
import type { Json, JsonObject } from '../tools/json.ts';

const dialects = {
  'as-built.openapi.yaml': 'https://json-schema.org/draft/2020-12/schema',
  'openapi.json': 'https://json-schema.org/draft/2020-12/schema',
  'as-built.asyncapi.yaml': 'http://json-schema.org/draft-07/schema',
} as const;

const documents = new Map(readDocuments().map(({ name, document }) => [name, document as JsonObject]));
const documentOf = (name: keyof typeof dialects) => documents.get(name)!;

const content = z.record(z.string(), z.looseObject({ schema: z.custom<JsonObject>().optional() }));
const operation = z.object({ responses: z.record(z.string(), z.looseObject({ content: content.optional() })) });
const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

type OpenApiName = 'as-built.openapi.yaml' | 'openapi.json';

const pathsOf = (name: OpenApiName) =>
  z
    .record(z.string(), z.partialRecord(z.enum([...methods, 'description', 'servers', 'parameters']), z.unknown()))
    .parse(documentOf(name)['paths']);

const paths = { 'as-built.openapi.yaml': pathsOf('as-built.openapi.yaml'), 'openapi.json': pathsOf('openapi.json') };

/** The operations in an OpenAPI document, such as `GET /health/live`. */
const operationsIn = (name: OpenApiName) =>
  Object.entries(paths[name]).flatMap(([path, item]) =>
    methods.filter((method) => item[method] !== undefined).map((method) => `${method.toUpperCase()} ${path}`),
  );

export const describedOperations = operationsIn('as-built.openapi.yaml');
export const describedRestOperations = operationsIn('openapi.json');

/** An operation of an OpenAPI document. */
export function operationIn(name: OpenApiName, described: string): JsonObject {
  const [method, path] = described.split(' ') as [string, string];
  return paths[name][path]?.[method.toLowerCase() as (typeof methods)[number]] as JsonObject;
}

/** @returns how an answer violates an OpenAPI document, or null. */
export async function answerFault(
  described: string,
  answer: Response,
  name: OpenApiName = 'as-built.openapi.yaml',
): Promise<string | null> {
  const response = operation.parse(operationIn(name, described)).responses[answer.status];
  if (response === undefined) return `${described} does not answer with ${answer.status}`;
  const type = answer.headers.get('content-type')?.split(';')[0] ?? null;
  const body = type === null ? undefined : response.content?.[type];
  if (body === undefined) {
    return type === null && response.content === undefined
      ? null
      : `${described} does not answer ${answer.status} as ${type}`;
  }
  if (body.schema === undefined || type?.endsWith('json') !== true) return null;
  return await instanceFault(name, body.schema, JSON.parse(await answer.text()) as Json);
}

const channels = z.record(
  z.string(),
  z.looseObject({ messages: z.record(z.string(), z.looseObject({ payload: z.custom<JsonObject>() })) }),
);

/** @returns how a message violates the AsyncAPI document, or null. */
export async function messageFault(channel: string, message: string, payload: Json): Promise<string | null> {
  const described = channels.parse(documentOf('as-built.asyncapi.yaml')['channels'])[channel]?.messages[message];
  if (described === undefined) return `the message ${message} is not described in ${channel}`;
  return await instanceFault('as-built.asyncapi.yaml', described.payload, payload);
}

/** @returns how the unpacked items of a job violate the AsyncAPI document, or null. */
export async function itemsFault(queue: string, items: Json): Promise<string | null> {
  const { job } = channels.parse(documentOf('as-built.asyncapi.yaml')['channels'])[queue]!.messages;
  const { properties } = job!.payload as { properties: { items: { 'x-content-schema': JsonObject } } };
  return await instanceFault('as-built.asyncapi.yaml', properties.items['x-content-schema'], items);
}

async function instanceFault(name: keyof typeof dialects, schema: JsonObject, instance: Json): Promise<string | null> {
  let validator = validators.get(schema);
  if (validator === undefined) validators.set(schema, (validator = validatorOf(name, schema)));
  const output = (await validator)(instance as never, 'BASIC');
  return output.valid ? null : JSON.stringify({ instance, errors: output.errors });
}

/** To compile a schema takes longer than the request whose answer it checks. */
const validators = new WeakMap<JsonObject, Promise<Validator>>();

async function validatorOf(name: keyof typeof dialects, schema: JsonObject): Promise<Validator> {
  const id = `https://wallet.invalid/${randomUUID()}`;
  const { components } = documentOf(name) as { components: JsonObject };
  // Draft 7 ignores keywords next to a reference, so the schema is wrapped in allOf.
  registerSchema({ $schema: dialects[name], $id: id, allOf: [schema], components } as never);
  return await validate(id);
}
