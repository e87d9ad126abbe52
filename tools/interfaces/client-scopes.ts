import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, isObjectType, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { Identity } from '#platform/identity/identity.ts';
import { type Scope, scopes } from '#platform/identity/scopes.ts';
import { loadEach, loadPermissions } from '#subgraphs/load.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';
import { sdlFiles } from '../supergraph.ts';

/** What the permissions of the subgraphs open to API clients: computed for each field of each subgraph. */

interface Rule {
  readonly resolve: (parent: object, args: object, context: object, info: object, options: object) => Promise<unknown>;
}

const permissions = await loadEach(subgraphNames, loadPermissions);

const files = sdlFiles();
const fields = subgraphNames.flatMap((name, index) => {
  const schema = buildSubgraphSchema([{ typeDefs: parse(readFileSync(files[index]!, 'utf8')) }]);
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  return types
    .filter((type) => !type.name.startsWith('_') && type !== schema.getSubscriptionType())
    .flatMap((type) => Object.keys(type.getFields()).map((field) => ({ name, type: type.name, field })))
    .filter(({ field }) => !field.startsWith('_'));
});

/** The fields, such as `Query.order`, that at least one subgraph opens to a client with these scopes. */
export async function fieldsOpenTo(granted: readonly Scope[]): Promise<ReadonlySet<string>> {
  const context = { identity: identityOf(granted), signedIn: new Set(), _shield: { cache: {} } };
  const open = new Set<string>();
  for (const { name, type, field } of fields) {
    const ofType = permissions[name][type] as Rule | Record<string, Rule>;
    const rule = 'resolve' in ofType ? (ofType as Rule) : ofType[field]!;
    const parent = { id: identifiedId };
    if ((await rule.resolve(parent, {}, context, {}, { debug: false })) === true) open.add(`${type}.${field}`);
  }
  return open;
}

const identifiedId = 'ada';

function identityOf(granted: readonly Scope[]): Identity {
  const client = { id: 'client', scopes: granted };
  const viewer = { id: identifiedId, email: 'ada@example.com', name: 'Ada', sessionId: '', roles: [], client };
  return { token: 'valid', viewer, authorization: 'Bearer x', expiresAt: new Date(8e15) };
}

const openToNone = await fieldsOpenTo([]);
const openToScope = await Promise.all(scopes.map(async (scope) => [scope, await fieldsOpenTo([scope])] as const));

/**
 * The smallest sets of scopes with which an API client may execute an operation, each in the order of the scopes. Each is
 * enough; none at all means that the operation is closed to API clients.
 */
export function scopesOfDocument(api: GraphQLSchema, document: string): readonly (readonly Scope[])[] {
  const needed = fieldsOf(api, document)
    .filter((field) => !openToNone.has(field))
    .map((field) => openToScope.filter(([, open]) => open.has(field)).map(([scope]) => scope));
  let sets: readonly (readonly Scope[])[] = [[]];
  // Each step keeps the smallest sets only, so that their number stays small.
  for (const anyOf of needed) sets = smallest(sets.flatMap((set) => anyOf.map((scope) => new Set([...set, scope]))));
  return sets;
}

function fieldsOf(api: GraphQLSchema, document: string): string[] {
  const found = new Set<string>();
  const info = new TypeInfo(api);
  const enter = ({ name: { value } }: { readonly name: { readonly value: string } }) => {
    const type = info.getParentType();
    if (type != null && !value.startsWith('__')) found.add(`${type.name}.${value}`);
  };
  visit(parse(document), visitWithTypeInfo(info, { Field: { enter } }));
  return [...found];
}

function smallest(sets: readonly ReadonlySet<Scope>[]): Scope[][] {
  const minimal = sets.filter((set) => !sets.some((other) => other.size < set.size && other.isSubsetOf(set)));
  const ordered = minimal.map((set) => scopes.filter((scope) => set.has(scope)));
  return [...new Map(ordered.map((set) => [set.join(' '), set])).values()];
}
