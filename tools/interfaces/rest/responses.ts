import {
  type DocumentNode,
  getNullableType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isListType,
  Kind,
} from 'graphql';
import { type FaultCode, faultCodes } from '#platform/errors/faults.ts';
import { problemType } from '#platform/http/problem.ts';
import { statusOf } from '#router/rest/problems.ts';
import type { Route } from '#router/rest/route.ts';
import type { JsonObject } from '../../json.ts';
import { headers, json, schema } from '../openapi-components.ts';
import { type Place, Selections } from './selection.ts';

interface Described {
  readonly api: GraphQLSchema;
  readonly route: Route;
  readonly document: DocumentNode;
  readonly components: Record<string, JsonObject>;
  /** Whether an API client with the right scopes may use the route. */
  readonly isOpenToClients: boolean;
}

/** The responses of a route: by the kind of its answer, and the problems that its operation can have. */
export function responsesOf(described: Described): JsonObject {
  return { ...successesOf(described), ...problemsOf(described) };
}

function successesOf({ api, route, document, components }: Described): JsonObject {
  const selections = new Selections(api, document, components);
  const place = route.result.reduce((at: Place, key) => selections.at(at, key), rootOf(api, document));
  const object = () => linked(route, selections.nonNull(place.type, place.selection));
  const read = (body: JsonObject) => ({
    '200': response('The object, or the page.', body, ['etag', 'link', 'preference-applied']),
    '304': { description: 'The client has it already.', headers: headers('etag') },
  });
  switch (route.answer.kind) {
    case 'nothing':
      return { '204': { description: 'Done.' } };
    case 'object':
      return read(object());
    case 'list':
      return read(pageOf(route, selections, place));
    case 'changed': {
      const type = getNullableType(place.type) as GraphQLObjectType;
      const body = route.result.length === 1 ? selections.objectOf(type, place.selection, ['userErrors']) : object();
      return { '200': response('The result.', body) };
    }
    case 'made':
      return {
        ...(isKeyed(route)
          ? { '200': response('An earlier request with the same key made it.', object(), replayed) }
          : {}),
        '201': response('It is made.', object(), ['location']),
      };
    case 'session':
      return sessionsOf(route, selections, place);
    case 'order':
      return ordersOf(route, object(), read);
  }
  throw new Error('an answer of another kind');
}

const replayed = ['location', 'idempotent-replayed'];

const isKeyed = ({ document }: Route) => document.includes('$idempotencyKey');

function rootOf(api: GraphQLSchema, { definitions }: DocumentNode): Place {
  const operation = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)!;
  return { type: api.getRootType(operation.operation)!, selection: operation.selectionSet };
}

function response(description: string, body: JsonObject, sent: readonly string[] = []): JsonObject {
  return { description, headers: headers(...sent, 'ratelimit', 'ratelimit-policy'), content: json(body) };
}

function linked({ links }: Route, object: JsonObject): JsonObject {
  if (links === undefined) return object;
  const names = Object.keys(links);
  const paths = {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    required: names,
  };
  return { allOf: [object, { type: 'object', properties: { links: paths }, required: ['links'] }] };
}

function pageOf(route: Route, selections: Selections, { type, selection }: Place): JsonObject {
  const next = { description: 'The URL of the next page; null on the last one.', type: ['string', 'null'] };
  const whole = getNullableType(type);
  if (isListType(whole)) {
    const items = { type: 'array', items: linked(route, selections.nonNull(whole.ofType, selection)) };
    return { type: 'object', properties: { items, next }, required: ['items', 'next'] };
  }
  const nodes = selections.at({ type, selection }, 'nodes');
  const others = selections.objectOf(whole as GraphQLObjectType, selection, ['nodes', 'pageInfo']);
  const { properties, required } = others as { properties: JsonObject; required: string[] };
  return {
    type: 'object',
    properties: { items: selections.nonNull(nodes.type, nodes.selection), ...properties, next },
    required: ['items', ...required, 'next'],
  };
}

function sessionsOf({ answer }: Route, selections: Selections, place: Place): JsonObject {
  const { isNew, location, challenges } = answer as Route['answer'] & { kind: 'session' };
  const challenge = selections.at(place, 'challenge');
  const begun = response(
    'The tokens.',
    selections.component('Tokens', ['challenge']),
    location === undefined ? [] : ['location'],
  );
  const challenged = {
    type: 'object',
    properties: { challenge: selections.nonNull(challenge.type, challenge.selection) },
    required: ['challenge'],
  };
  return {
    [isNew ? '201' : '200']: begun,
    ...(challenges === true ? { '202': response('A second factor is set: send one of its codes.', challenged) } : {}),
  };
}

function ordersOf({ answer }: Route, order: JsonObject, read: (body: JsonObject) => JsonObject): JsonObject {
  const { by } = answer as Route['answer'] & { kind: 'order' };
  if (by === 'reading') return read(order);
  const sent = ['location', 'preference-applied', 'idempotent-replayed'];
  return {
    '200': response(decidedWords[by], order, sent),
    ...(by === 'placing' ? { '201': response('It is placed, and paid or rejected.', order, sent) } : {}),
    '202': response('It is under way.', order, sent),
  };
}

const decidedWords = {
  placing: 'An earlier request with the same key placed it.',
  cancelling: 'It is cancelled, or was paid or rejected before.',
  refunding: 'It is refunded, in whole or in part.',
} as const;

/** The faults that any route can have. */
const faults: readonly FaultCode[] = [
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'QUERY_TOO_COMPLEX',
  'NOT_ACCEPTABLE',
  'RATE_LIMITED',
  'INTERNAL_SERVER_ERROR',
  'SERVICE_UNAVAILABLE',
  'SUBGRAPH_UNAVAILABLE',
  'SUBGRAPH_TIMEOUT',
];

function problemsOf({ route, isOpenToClients }: Described): JsonObject {
  const { method, path, isPublic, refusals = [] } = route;
  const codes: [code: string, status: number][] = [
    ...faultsOf(faults),
    ...faultsOf(isPublic === true ? [] : ['UNAUTHENTICATED', 'FORBIDDEN']),
    ...faultsOf(isPublic !== true && isOpenToClients ? ['INSUFFICIENT_SCOPE'] : []),
    ...faultsOf(path.includes('{') ? ['NOT_FOUND'] : []),
    ...faultsOf(method === 'GET' ? [] : ['PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE']),
    ...refusals.map((code): [string, number] => [code, statusOf(code, route)]),
  ];
  return Object.fromEntries(
    [...Map.groupBy(codes, ([, status]) => status)].map(([status, ofStatus]) => [
      String(status),
      {
        description: [...new Set(ofStatus.map(([code]) => code))].join(', '),
        ...(isChallenged(ofStatus) ? { headers: headers('www-authenticate') } : {}),
        ...(status === 429 ? { headers: headers('retry-after') } : {}),
        content: { [problemType]: { schema: schema('Problem') } },
      },
    ]),
  );
}

function isChallenged(codes: readonly (readonly [code: string, status: number])[]): boolean {
  return codes.some(([code, status]) => status === 401 || code === 'INSUFFICIENT_SCOPE');
}

function faultsOf(codes: readonly FaultCode[]): [code: string, status: number][] {
  return codes.map((code) => [code, faultCodes[code]]);
}
