import { createRequire } from 'node:module';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type * as Middleware from 'graphql-middleware';
import type * as Shield from 'graphql-shield';
import { type Identity } from '../identity/identity.ts';
import type { Role } from '../identity/roles.ts';
import type { Scope } from '../identity/scopes.ts';
import { fault, unauthenticated } from '../errors/faults.ts';

// graphql-shield's ES module build does not load on current Node: it imports names that Node has dropped.
const require = createRequire(import.meta.url);
const { shield, rule, allow, deny } = require('graphql-shield') as typeof Shield;
const { applyMiddleware } = require('graphql-middleware') as typeof Middleware;

export { allow, rule };

type ShieldRule = ReturnType<ReturnType<typeof rule>> | typeof allow;

/** One rule per field, or one for all fields of a type that are not named. */
export type Permissions = Record<string, ShieldRule | Record<string, ShieldRule>>;

interface Identified {
  readonly identity: Identity;
}

/** The request carries a valid access token of the customer. API clients are refused: a field without a scope is closed to them. */
export const isViewer = rule('isViewer', { cache: 'contextual' })((_parent, _args, { identity }: Identified) => {
  if (identity.token !== 'valid') return unauthenticated();
  return identity.viewer.client === undefined ? true : closedToClients();
});

/** As `isViewer`, or the request carries the token of an API client with one of these scopes. */
export function isViewerWith(...anyOf: readonly [Scope, ...Scope[]]): ReturnType<typeof scopeRule> {
  return named(`isViewerWith ${anyOf.toSorted().join(' ')}`, (name) => scopeRule(name, anyOf));
}

/** The request carries the token of an API client with this scope. Customers are refused: the client is the subject. */
export function isClientWith(scope: Scope): ReturnType<typeof clientRule> {
  return named(`isClientWith ${scope}`, (name) => clientRule(name, scope));
}

/** The request carries a valid access token, of a customer or of an API client, or none at all. */
export const isViewerOrNobody = rule('isViewerOrNobody', { cache: 'contextual' })(
  (_parent, _args, { identity }: Identified) => (identity.token === 'bad' ? unauthenticated() : true),
);

/** The field needs no token and ignores an invalid one. API clients are refused. */
export const isAnyone = rule('isAnyone', { cache: 'contextual' })((_parent, _args, { identity }: Identified) =>
  isClient(identity) ? closedToClients() : true,
);

/** Whether the token belongs to an API client. */
export function isClient(identity: Identity): boolean {
  return identity.token === 'valid' && identity.viewer.client !== undefined;
}

export function closedToClients(): GraphQLError {
  return fault('FORBIDDEN', 'API clients cannot use this field. Sign in as the customer.');
}

function scopeRule(name: string, anyOf: readonly Scope[]) {
  return rule(name, { cache: 'contextual' })((_parent, _args, { identity }: Identified) => {
    if (identity.token !== 'valid') return unauthenticated();
    const { client } = identity.viewer;
    if (client === undefined || anyOf.some((scope) => client.scopes.includes(scope))) return true;
    return fault('INSUFFICIENT_SCOPE', `The API client needs the scope ${anyOf.join(' or ')} for this field.`);
  });
}

function clientRule(name: string, scope: Scope) {
  return rule(name, { cache: 'contextual' })((_parent, _args, { identity }: Identified) => {
    if (identity.token !== 'valid') return unauthenticated();
    const { client } = identity.viewer;
    if (client === undefined) return fault('FORBIDDEN', `Only API clients with the scope ${scope} can use this field.`);
    if (client.scopes.includes(scope)) return true;
    return fault('INSUFFICIENT_SCOPE', `The API client needs the scope ${scope} for this field.`);
  });
}

const forbidden = "You don't have permission to read this field.";

/** The request carries a valid access token with one of these roles. */
export function isStaff(...roles: readonly [Role, ...Role[]]): ReturnType<typeof staffRule> {
  const made = named(`isStaff ${roles.toSorted().join(' ')}`, (name) => staffRule(name, roles));
  rolesByRule.set(made, roles);
  return made;
}

const rolesByRule = new WeakMap<object, readonly Role[]>();

/** The roles of staff to which the permissions give a root field; none for a field of customers. */
export function rolesOfField(permissions: Permissions, type: 'Query' | 'Mutation', field: string): readonly Role[] {
  const rules = permissions[type];
  const found = rules === undefined ? undefined : (rules as Record<string, ShieldRule>)[field];
  return found === undefined ? [] : (rolesByRule.get(found) ?? []);
}

type NamedRule = ReturnType<ReturnType<typeof rule>>;

/** graphql-shield takes two rules of one name for a mistake, so each set of roles or scopes has one rule. */
const namedRules = new Map<string, NamedRule>();

function named(name: string, make: (name: string) => NamedRule): NamedRule {
  const known = namedRules.get(name) ?? make(name);
  namedRules.set(name, known);
  return known;
}

function staffRule(name: string, roles: readonly Role[]) {
  return rule(name, { cache: 'contextual' })((_parent, _args, { identity }: Identified) => {
    if (identity.token !== 'valid') return unauthenticated();
    return identity.viewer.roles.some((role) => roles.includes(role)) ? true : fault('FORBIDDEN', forbidden);
  });
}

/** The fields that the gateway reads. `_entities` needs no rule: the types that it resolves have rules. */
const federation = { _entities: allow, _service: allow };

/** Puts the permissions before the resolvers. A field without a rule is denied. */
export function protect(schema: GraphQLSchema, permissions: Permissions): GraphQLSchema {
  const query = permissions['Query'];
  const tree = {
    ...permissions,
    Query: { ...(query as Record<string, ShieldRule>), ...federation },
    _Service: allow,
  };
  return applyMiddleware(
    schema,
    shield(tree, {
      fallbackRule: deny,
      fallbackError: new GraphQLError(forbidden, {
        extensions: { code: 'FORBIDDEN' },
      }),
      allowExternalErrors: true,
    }),
  );
}
