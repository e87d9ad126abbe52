import { type OutputUnit, registerSchema, validate } from '@hyperjump/json-schema/openapi-3-1';
import '@hyperjump/json-schema/draft-07';
import asyncApi from '@asyncapi/specs/schemas/3.0.0.json' with { type: 'json' };
import { z } from 'zod';
import { isList, isObject, type Json } from '../json.ts';

registerSchema(asyncApi);

/** The schemas that the specifications publish. */
const specifications = [
  {
    versions: z.looseObject({ openapi: z.string().startsWith('3.1.') }),
    schema: 'https://spec.openapis.org/oas/3.1/schema-base',
  },
  { versions: z.looseObject({ asyncapi: z.literal('3.0.0') }), schema: asyncApi.$id },
];

/** Where an interface description is not what its specification asks for, a line each. */
export async function documentFaults(document: Json): Promise<string[]> {
  const specification = specifications.find(({ versions }) => versions.safeParse(document).success);
  if (specification === undefined) return ['it is neither OpenAPI 3.1 nor AsyncAPI 3.0.0'];
  const output = await validate(specification.schema, document as never, 'BASIC');
  return [...(output.valid ? [] : deepest(output.errors ?? [])), ...danglingReferences(document)];
}

/** Where a part is wrong, so is each that it is a part of: those say nothing more. */
function deepest(errors: readonly OutputUnit[]): string[] {
  return errors
    .filter(({ instanceLocation: place }) => !errors.some((other) => other.instanceLocation.startsWith(`${place}/`)))
    .map(({ instanceLocation, absoluteKeywordLocation }) => `${instanceLocation} breaks ${absoluteKeywordLocation}`);
}

/** The specifications' schemas do not follow references. */
function danglingReferences(document: Json): string[] {
  return referencesIn(document)
    .filter((reference) => lookUp(document, reference) === undefined)
    .map((reference) => `${reference} leads nowhere`);
}

function referencesIn(part: Json): string[] {
  if (isList(part)) return part.flatMap(referencesIn);
  if (!isObject(part)) return [];
  const { $ref, ...rest } = part;
  return [...(typeof $ref === 'string' ? [$ref] : []), ...Object.values(rest).flatMap(referencesIn)];
}

/** What a reference within the document leads to. */
export function lookUp(document: Json, reference: string): Json | undefined {
  if (!reference.startsWith('#/')) return undefined;
  const steps = reference.slice(2).split('/');
  return steps
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>((part, step) => (isObject(part) ? part[step] : undefined), document);
}
