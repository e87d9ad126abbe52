/**
 * The roles of staff. SUPPORT reads, with addresses and other people's texts masked. OPERATOR acts. AUDITOR reads
 * everything, the audit log included. A customer has no role.
 */
export const roles = ['SUPPORT', 'OPERATOR', 'AUDITOR'] as const;

export type Role = (typeof roles)[number];

/** Reads the claim `roles` of an access token. Ignores values that are no role of this version. */
export function rolesOf(claim: unknown): readonly Role[] {
  return Array.isArray(claim) ? roles.filter((role) => claim.includes(role)) : [];
}
