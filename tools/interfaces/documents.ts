import { readdirSync, readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };
import type { Json, JsonObject } from '../json.ts';
import { apiOf, supergraphFile } from '../supergraph.ts';
import { asyncApiAsBuilt } from './asyncapi.ts';
import { errorPage } from './error-page.ts';
import { openApiAsBuilt } from './openapi.ts';
import { restOpenApi } from './rest/openapi.ts';

const folder = new URL('../../docs/architecture/', import.meta.url);
const errorsFile = new URL('../../docs/errors.md', import.meta.url);
/** The router serves this one. */
const restFile = new URL('../../router/rest/openapi.json', import.meta.url);

export interface GeneratedDocument {
  readonly file: URL;
  /** The text that the file must have. */
  readonly text: string;
}

/** The interface descriptions of the product, generated from the code. */
export async function generatedDocuments(): Promise<GeneratedDocument[]> {
  const { version } = packageJson;
  const api = apiOf(readFileSync(supergraphFile, 'utf8'));
  return [
    { file: new URL('as-built.asyncapi.yaml', folder), text: await yamlOf(asyncApiAsBuilt(version)) },
    { file: new URL('as-built.openapi.yaml', folder), text: await yamlOf(openApiAsBuilt(version, api)) },
    { file: restFile, text: await formatted(JSON.stringify(restOpenApi(version, api)), 'json') },
  ];
}

/** The catalogue of errors as a page. */
export async function generatedErrorPage(): Promise<GeneratedDocument> {
  const api = apiOf(readFileSync(supergraphFile, 'utf8'));
  return { file: errorsFile, text: await formatted(errorPage(api), 'markdown') };
}

async function yamlOf(document: JsonObject): Promise<string> {
  const text = stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
  return await formatted(text, 'yaml');
}

async function formatted(text: string, parser: 'json' | 'markdown' | 'yaml'): Promise<string> {
  return await format(text, { ...(await resolveConfig(fileURLToPath(folder))), parser });
}

export interface InterfaceDocument {
  readonly name: string;
  readonly document: Json;
}

/** Every interface description: of the product, and in docs/architecture also of its alternatives. */
export function readDocuments(): InterfaceDocument[] {
  const described = readdirSync(folder)
    .filter((name) => /\.(?:openapi|asyncapi)\.yaml$/.test(name))
    .map((name) => ({ name, document: parse(readFileSync(new URL(name, folder), 'utf8')) as Json }));
  return [...described, { name: 'openapi.json', document: JSON.parse(readFileSync(restFile, 'utf8')) as Json }];
}
