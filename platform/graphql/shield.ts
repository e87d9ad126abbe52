import { createRequire } from 'node:module';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type * as Middleware from 'graphql-middleware';
import type * as Shield from 'graphql-shield';
import { type Identity } from '../identity/identity.ts';
import type { Role } from '../identity/roles.ts';
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

/** The request carries a valid access token. */
export const isViewer = rule('isViewer', { cache: 'contextual' })((_parent, _args, { identity }: Identified) =>
  identity.token === 'valid' ? true : unauthenticated(),
);

/** The request carries a valid access token or none at all. */
export const isViewerOrNobody = rule('isViewerOrNobody', { cache: 'contextual' })(
  (_parent, _args, { identity }: Identified) => (identity.token === 'bad' ? unauthenticated() : true),
);

const forbidden = "You don't have permission to read this field.";

/** The request carries a valid access token with one of these roles. */
export function isStaff(...roles: readonly [Role, ...Role[]]): ReturnType<typeof staffRule> {
  const name = `isStaff ${roles.toSorted().join(' ')}`;
  const known = staffRules.get(name) ?? staffRule(name, roles);
  staffRules.set(name, known);
  return known;
}

/** Whether the permissions give a mutation to roles of staff only. */
export function isOfStaff(permissions: Permissions, mutation: string): boolean {
  const field = (permissions['Mutation'] as Record<string, ShieldRule> | undefined)?.[mutation];
  return [...staffRules.values()].some((known) => known === field);
}

/** graphql-shield takes two rules of one name for a mistake, so each set of roles has one rule. */
const staffRules = new Map<string, ReturnType<typeof staffRule>>();

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
