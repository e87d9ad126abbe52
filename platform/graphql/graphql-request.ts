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

const parameters = ['query', 'operationName', 'variables', 'extensions'] as const;
type Parameter = (typeof parameters)[number];

/** @throws BAD_REQUEST */
export function readGraphqlRequest(request: FastifyRequest): GraphqlRequest {
  const given = request.method === 'GET' ? givenInAddress(request) : givenInBody(request);
  const read = {
    ...textOf('query', given.query),
    ...textOf('operationName', given.operationName),
    ...objectOf('variables', given.variables),
    ...objectOf('extensions', given.extensions),
  };
  const namesPersistedQuery = read.query === undefined && isGiven(read.extensions?.['persistedQuery']);
  if ((read.query ?? '') === '' && !namesPersistedQuery) throw fault('BAD_REQUEST', 'The request has no `query`.');
  return read;
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
