import { type GraphQLSchema, isNonNullType, parse } from 'graphql';
import { longestKey } from '#platform/postgres/idempotency.ts';
import { type Parameter, parametersOf } from '#router/rest/parameters.ts';
import { longestWaitS } from '#router/rest/prefer.ts';
import { needsNoBody } from '#router/rest/read-request.ts';
import { apiPath, type Route } from '#router/rest/route.ts';
import { routes } from '#router/rest/routes.ts';
import type { Json, JsonObject } from '../../json.ts';
import { scopesOfDocument } from '../client-scopes.ts';
import { schemaOf } from '../graphql-input.ts';
import { contact, jsonBody, scopeTexts } from '../openapi-components.ts';
import { responsesOf } from './responses.ts';
import { inRestWords } from './words.ts';

/** The REST API as OpenAPI 3.1: from the table that the router serves, and the types of the graph. */
export function restOpenApi(version: string, api: GraphQLSchema): JsonObject {
  const components: Record<string, JsonObject> = {};
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const route of routes) {
    const path = `${apiPath}${route.path}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(api, route, components) };
  }
  return inRestWords({
    openapi: '3.1.1',
    info: {
      title: 'Wallet and orders: REST API',
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      contact,
      description:
        'Accounts, movements of money, orders and messages of a customer. Amounts are decimal strings. Errors are ' +
        'problems (RFC 9457) with a code and the part of the request that is at fault.',
    },
    servers: [{ url: '/', description: 'This server.' }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name, description: tagDescriptions[name] })),
    paths,
    components: { securitySchemes, headers, schemas: { ...components, Problem: problem } },
  });
}

function operationOf(api: GraphQLSchema, route: Route, components: Record<string, JsonObject>): JsonObject {
  const { tag, summary, isPublic, answer } = route;
  const document = parse(route.document);
  const parameters = parametersOf(api, route);
  const alternatives = scopesOfDocument(api, route.document);
  const sent: JsonObject[] = parameters.filter(({ in: place }) => place !== 'body').map(parameterOf);
  if (answer.kind === 'order') sent.push(prefer);
  const members = parameters.filter(({ in: place }) => place === 'body');
  return {
    operationId: operationIdOf(route.document),
    tags: [tag],
    summary: firstSentence(summary),
    description: summary,
    security: isPublic === true ? [] : [{ accessToken: [] }, ...alternatives.map((apiClient) => ({ apiClient }))],
    ...(sent.length === 0 ? {} : { parameters: sent }),
    ...(members.length === 0
      ? {}
      : { requestBody: { ...jsonBody(bodyOf(members)), required: !needsNoBody(route.method, members) } }),
    responses: responsesOf({ api, route, document, components, isOpenToClients: alternatives.length > 0 }),
  };
}

const tagDescriptions: Readonly<Record<Route['tag'], string>> = {
  Users: 'The signed-in customer: registration, profile and password.',
  Sessions: 'Signing in and out, and the tokens.',
  Accounts: 'The accounts of the customer, with their entries.',
  Transactions: 'The movements of money that have happened.',
  'Movements of money': 'Deposits, withdrawals and transfers. Each needs an idempotency key.',
  Orders: 'Orders, which are paid from an account, and their refunds.',
  Notifications: 'The messages to the customer.',
  Webhooks: 'URLs of the customer that get events, and the log of their requests.',
  Shops: 'Shops that debit customers who agreed: the consents, and the orders placed with them.',
};

function firstSentence(text: string): string {
  return /^.+?\.(?=\s|$)/s.exec(text)?.[0] ?? text;
}

/** The operation's name in the graph, without `Rest`. */
function operationIdOf(document: string): string {
  const [, first = '', others = ''] = /Rest(\w)(\w*)/.exec(document) ?? [];
  return `${first.toLowerCase()}${others}`;
}

function parameterOf(parameter: Parameter): JsonObject {
  const { name, in: place, type, isRequired, defaultValue, description, sorts } = parameter;
  const { anyOf, ...plain } = schemaOf(type) as JsonObject & { anyOf?: readonly JsonObject[] };
  const written = sorts === undefined ? (anyOf?.[0] ?? plain) : { type: 'string', enum: [...sorts.keys()] };
  const isList = written['type'] === 'array';
  return {
    name,
    in: place,
    required: isRequired,
    description: isList ? `${description} ${separated}` : description,
    schema: {
      ...written,
      ...boundsOf(parameter),
      ...(defaultValue === undefined ? {} : { default: defaultValue as Json }),
    },
    ...(isList ? { style: 'form', explode: false } : {}),
  };
}

const separated = 'Items are separated by commas; `\\,` is a comma within an item.';

function boundsOf({ in: place, range }: Parameter): JsonObject {
  if (place === 'header') return { minLength: 1, maxLength: longestKey };
  return range === undefined ? {} : { minimum: range[0], maximum: range[1] };
}

function bodyOf(members: readonly Parameter[]): JsonObject {
  return {
    type: 'object',
    properties: Object.fromEntries(
      members.map(({ name, type, description }) => [name, { ...schemaOf(type), description }]),
    ),
    required: members.filter(({ type }) => isNonNullType(type)).map(({ name }) => name),
    additionalProperties: false,
  };
}

const text = { type: 'string' };

const prefer = {
  name: 'Prefer',
  in: 'header',
  description: `\`wait=10\` waits for the decision, at most 10 seconds. The maximum is ${longestWaitS}.`,
  schema: text,
};

const securitySchemes = {
  accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  apiClient: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes: scopeTexts } } },
};

const headers = {
  location: { description: 'The path of the object.', schema: text },
  link: { description: 'The next page, with rel="next".', schema: text },
  etag: { description: 'For If-None-Match.', schema: text },
  'preference-applied': { description: 'The preference that was applied.', schema: text },
  'idempotent-replayed': { description: '`true` for a repeated key.', schema: text },
  'www-authenticate': { description: 'The scheme: Bearer.', schema: text },
  'retry-after': { description: 'Seconds to wait.', schema: { type: 'integer' } },
  ratelimit: { description: 'The remaining quota, and the seconds until it resets.', schema: text },
  'ratelimit-policy': { description: 'The quota, and its window in seconds.', schema: text },
};

const cause = {
  type: 'object',
  properties: {
    code: text,
    detail: text,
    pointer: { ...text, description: 'A JSON Pointer into the body, as a URI fragment.' },
    parameter: { ...text, description: 'A parameter of the path or of the query.' },
    header: text,
  },
  required: ['code', 'detail'],
  additionalProperties: false,
};

const problem = {
  description: 'A problem (RFC 9457). The code is one of the catalogue.',
  type: 'object',
  properties: {
    type: { const: 'about:blank' },
    title: text,
    status: { type: 'integer' },
    detail: text,
    code: text,
    errors: { type: 'array', minItems: 1, items: cause },
  },
  required: ['type', 'title', 'status', 'detail', 'code', 'errors'],
  additionalProperties: false,
};
