import { type OutputUnit, registerSchema, validate } from '@hyperjump/json-schema/openapi-3-1';
import '@hyperjump/json-schema/draft-07';
import asyncApi from '@asyncapi/specs/schemas/3.0.0.json' with { type: 'json' };
import { z } from 'zod';
import { isList, isObject, type Json } from '../json.ts';

registerSchema(asyncApi);

/** The published schemas of the specifications. */
const specifications = [
  {
    versions: z.looseObject({ openapi: z.string().startsWith('3.1.') }),
    schema: 'https://spec.openapis.org/oas/3.1/schema-base',
  },
  { versions: z.looseObject({ asyncapi: z.literal('3.0.0') }), schema: asyncApi.$id },
];

/** @returns a line for each violation of the specification. */
export async function documentFaults(document: Json): Promise<string[]> {
  const specification = specifications.find(({ versions }) => versions.safeParse(document).success);
  if (specification === undefined) return ['the document is neither OpenAPI 3.1 nor AsyncAPI 3.0.0'];
  const output = await validate(specification.schema, document as never, 'BASIC');
  return [...(output.valid ? [] : deepest(output.errors ?? [])), ...danglingReferences(document)];
}

/** Keeps the errors of the innermost parts: an invalid part makes each enclosing part invalid too. */
function deepest(errors: readonly OutputUnit[]): string[] {
  return errors
    .filter(
      ({ instanceLocation: location }) => !errors.some((other) => other.instanceLocation.startsWith(`${location}/`)),
    )
    .map(({ instanceLocation, absoluteKeywordLocation }) => `${instanceLocation} violates ${absoluteKeywordLocation}`);
}

/** The specifications' schemas do not follow references. */
function danglingReferences(document: Json): string[] {
  return referencesIn(document)
    .filter((reference) => lookUp(document, reference) === undefined)
    .map((reference) => `${reference} does not exist`);
}

function referencesIn(part: Json): string[] {
  if (isList(part)) return part.flatMap(referencesIn);
  if (!isObject(part)) return [];
  const { $ref, ...rest } = part;
  return [...(typeof $ref === 'string' ? [$ref] : []), ...Object.values(rest).flatMap(referencesIn)];
}

/** @returns the part of the document to which a reference points. */
export function lookUp(document: Json, reference: string): Json | undefined {
  if (!reference.startsWith('#/')) return undefined;
  const steps = reference.slice(2).split('/');
  return steps
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>((part, step) => (isObject(part) ? part[step] : undefined), document);
}
