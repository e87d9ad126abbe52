import type { FastifyRequest } from 'fastify';
import type { ProblemCause } from '#platform/http/problem.ts';
import type { SearchParameters } from '#platform/http/search-parameters.ts';
import { idempotencyHeader, type Parameter } from './parameters.ts';
import { pointerOf } from './pointer.ts';
import { faultsOfObject, faultsOfValue, valueOfText } from './values.ts';

type Variables = Record<string, unknown>;

/** The variables of an operation, or why the request is refused. */
export type ReadRequest =
  | { readonly variables: Variables; readonly causes: null }
  | { readonly causes: readonly [ProblemCause, ...ProblemCause[]] };

/** The parameters of a request, with their values. */
type Given = readonly (readonly [Parameter, unknown])[];

/** Reads a request once, into the variables of its operation. Every wrong part is named. */
export function readRequest(parameters: readonly Parameter[], request: FastifyRequest): ReadRequest {
  const causes: ProblemCause[] = [];
  const given: Given = [
    ...textsOf('path', parameters, request.params as SearchParameters, causes),
    ...textsOf('query', parameters, request.query as SearchParameters, causes),
    ...keyOf(parameters, request, causes),
    ...membersOf(parameters, request, causes),
  ];
  const [first, ...others] = causes.slice(0, maxCauses);
  return first === undefined ? { variables: variablesOf(given), causes: null } : { causes: [first, ...others] };
}

const wrong = 'BAD_USER_INPUT';
const maxCauses = 20;

function textsOf(
  place: 'path' | 'query',
  parameters: readonly Parameter[],
  texts: SearchParameters,
  causes: ProblemCause[],
): Given {
  const known = parameters.filter((parameter) => parameter.in === place);
  for (const name of Object.keys(texts)) {
    if (!known.some((parameter) => parameter.name === name)) {
      causes.push({ code: wrong, detail: 'This parameter is unknown.', parameter: name });
    }
  }
  return known.flatMap((parameter): Given => {
    const { name, type, sorts, range } = parameter;
    const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
    if (text === undefined) return [];
    if (sorts !== undefined) {
      if (sorts.has(text)) return [[parameter, sorts.get(text)]];
      causes.push({ code: wrong, detail: `This must be one of ${[...sorts.keys()].join(', ')}.`, parameter: name });
      return [];
    }
    const value = valueOfText(type, text);
    const details = faultsOfValue(type, value).map(({ detail }) => detail);
    if (details.length === 0 && range !== undefined && !isWithin(range, value)) {
      details.push(`This must be ${range[0]} to ${range[1]}.`);
    }
    causes.push(...details.map((detail) => ({ code: wrong, detail, parameter: name })));
    return [[parameter, value]];
  });
}

function isWithin([least, most]: readonly [number, number], value: unknown): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}

/** A key in quotes is a string of a structured header, as the draft of the header has it. */
const quotedKey = /^"((?:[^"\\]|\\["\\])*)"$/;

/** @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ */
function keyOf(parameters: readonly Parameter[], { headers }: FastifyRequest, causes: ProblemCause[]): Given {
  const parameter = parameters.find((one) => one.in === 'header');
  if (parameter === undefined) return [];
  const written = headers['idempotency-key'];
  const refuse = (detail: string) => {
    causes.push({ code: 'INVALID_IDEMPOTENCY_KEY', detail, header: idempotencyHeader });
    return [];
  };
  if (typeof written !== 'string' || written === '') {
    return refuse(
      'Send the header Idempotency-Key: 1 to 255 characters of your choice, other ones for each new request.',
    );
  }
  if (!/^[\x20-\x7e]*$/.test(written)) return refuse('The idempotency key must have ASCII characters only.');
  const quoted = quotedKey.exec(written)?.[1];
  return [[parameter, quoted === undefined ? written : quoted.replaceAll(/\\(.)/g, '$1')]];
}

function membersOf(parameters: readonly Parameter[], { method, body }: FastifyRequest, causes: ProblemCause[]): Given {
  if (method === 'GET' || method === 'HEAD') return [];
  const known = parameters.filter((parameter) => parameter.in === 'body');
  const fields = Object.fromEntries(known.map(({ name, type }) => [name, { type }]));
  // Fastify leaves an absent body undefined; `null` is a body.
  const members: unknown = body === undefined && needsNoBody(method, known) ? {} : body;
  causes.push(
    ...faultsOfObject(fields, members).map(({ path, detail }) => ({ code: wrong, detail, pointer: pointerOf(path) })),
  );
  if (causes.length > 0) return [];
  const values = members as Readonly<Record<string, unknown>>;
  return known.flatMap((parameter): Given =>
    Object.hasOwn(values, parameter.name) ? [[parameter, values[parameter.name]]] : [],
  );
}

/** Many clients send no body with DELETE. And a whole order is refunded by a POST without one. */
export function needsNoBody(method: string, members: readonly Pick<Parameter, 'isRequired'>[]): boolean {
  return (
    members.length === 0 || (['DELETE', 'POST'].includes(method) && members.every(({ isRequired }) => !isRequired))
  );
}

function variablesOf(given: Given): Variables {
  const variables: Variables = {};
  for (const [{ variable }, value] of given) {
    const [name, field] = variable;
    if (field === undefined) variables[name] = value;
    else variables[name] = { ...(variables[name] as Variables | undefined), [field]: value };
  }
  return variables;
}
