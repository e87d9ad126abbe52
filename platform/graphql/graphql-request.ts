import type { FastifyRequest } from 'fastify';
import { fault } from '../errors/faults.ts';
import { BadJson, parseJson } from '../http/strict-json.ts';

/**
 * A GraphQL request. It is parsed once, from the URL of a GET or the body of a POST. Limits, registration, observation and
 * execution all use this value.
 */
export interface GraphqlRequest {
  /** Absent only if the extensions name a persisted query. */
  readonly query?: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
  readonly extensions?: Record<string, unknown>;
}

/** The texts of the documents that a client can send by id. */
export type TrustedDocuments = ReadonlyMap<string, string>;

const parameters = ['query', 'documentId', 'operationName', 'variables', 'extensions'] as const;
type Parameter = (typeof parameters)[number];

/** @throws BAD_REQUEST */
export function readGraphqlRequest(request: FastifyRequest, trusted: TrustedDocuments): GraphqlRequest {
  const given = request.method === 'GET' ? givenInAddress(request) : givenInBody(request);
  const read = withTrusted(trusted, textOf('documentId', given.documentId).documentId, {
    ...textOf('query', given.query),
    ...textOf('operationName', given.operationName),
    ...objectOf('variables', given.variables),
    ...objectOf('extensions', given.extensions),
  });
  const namesPersistedQuery = read.query === undefined && isGiven(read.extensions?.['persistedQuery']);
  if ((read.query ?? '') === '' && !namesPersistedQuery) throw fault('BAD_REQUEST', 'The request has no `query`.');
  return read;
}

/**
 * Replaces the id of a trusted document by its text. Apollo Client sends the id of its manifest as the hash of a
 * persisted query; a hash that is no such id belongs to an automatic persisted query.
 */
function withTrusted(trusted: TrustedDocuments, documentId: string | undefined, read: GraphqlRequest): GraphqlRequest {
  if (documentId !== undefined) {
    if (read.query !== undefined) throw fault('BAD_REQUEST', 'Send either `query` or `documentId`.');
    const query = trusted.get(documentId.replace(/^sha256:/, ''));
    if (query === undefined) throw fault('BAD_REQUEST', 'This server has no trusted document with this `documentId`.');
    return { ...read, query };
  }
  const { persistedQuery, ...extensions } = read.extensions ?? {};
  if (read.query !== undefined || !isGiven(persistedQuery)) return read;
  const { sha256Hash } = persistedQuery as { readonly sha256Hash?: unknown };
  const query = typeof sha256Hash === 'string' ? trusted.get(sha256Hash) : undefined;
  return query === undefined ? read : { ...read, query, extensions };
}

type Given = Readonly<Partial<Record<Parameter, unknown>>>;

function givenInAddress({ query }: FastifyRequest): Given {
  const { variables, extensions, ...texts } = query as Given;
  return { ...texts, variables: jsonOf('variables', variables), extensions: jsonOf('extensions', extensions) };
}

function givenInBody({ body, query }: FastifyRequest): Given {
  if (Array.isArray(body)) throw fault('BAD_REQUEST', 'Operation batching is disabled: send one operation at a time.');
  if (typeof body !== 'object' || body === null) {
    throw fault('BAD_REQUEST', 'Send a JSON object with a `query` as the body of a POST request.');
  }
  const twice = parameters.find((name) => name in (query as Given));
  if (twice !== undefined) {
    throw fault(
      'BAD_REQUEST',
      `Send the parameters of a POST request in the body only: the URL also has \`${twice}\`.`,
    );
  }
  return body;
}

function jsonOf(name: Parameter, text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return parseJson(text);
  } catch (error) {
    throw error instanceof BadJson ? fault('BAD_REQUEST', `\`${name}\`: ${error.message}`) : error;
  }
}

function textOf<Name extends Parameter>(name: Name, value: unknown): Partial<Record<Name, string>> {
  if (!isGiven(value)) return {};
  if (typeof value !== 'string') throw fault('BAD_REQUEST', `\`${name}\` must be a string.`);
  return { [name]: value } as Record<Name, string>;
}

function objectOf<Name extends Parameter>(name: Name, value: unknown): Partial<Record<Name, Record<string, unknown>>> {
  if (!isGiven(value)) return {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw fault('BAD_REQUEST', `\`${name}\` must be a JSON object.`);
  return { [name]: value } as Record<Name, Record<string, unknown>>;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
