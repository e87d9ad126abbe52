/**
 * What an API client may do, as OAuth 2 names it (RFC 6749, section 3.3). The permissions of each subgraph say which
 * fields need which scope.
 */
export const scopes = [
  'accounts:read',
  'transactions:read',
  'deposits:write',
  'withdrawals:write',
  'transfers:write',
  'orders:read',
  'orders:write',
  'shop:orders',
  'notifications:read',
  'notifications:write',
  'webhooks:read',
  'webhooks:write',
] as const;

export type Scope = (typeof scopes)[number];

/** Reads the scopes of a text that separates them by spaces. Ignores those that are no scope of this version. */
export function scopesIn(text: string): readonly Scope[] {
  const named = new Set(text.split(' '));
  return scopes.filter((scope) => named.has(scope));
}

export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text);
}
