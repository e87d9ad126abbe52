import { createContext, use } from 'react';
import type { Role } from '../graph/enumerations.generated.ts';
import type { SignedIn } from '../session/session.ts';

/** The staff member at the desk. It stays known while the desk waits for a new sign-in. */
export const StaffContext = createContext<SignedIn | null>(null);

/** @throws outside the desk. */
export function useStaff(): SignedIn {
  const staff = use(StaffContext);
  if (staff === null) throw new Error('this page is for staff');
  return staff;
}

export const roleNames: Readonly<Record<Role, string>> = {
  SUPPORT: 'Support',
  OPERATOR: 'Operator',
  AUDITOR: 'Auditor',
};

export function hasRole({ roles }: SignedIn, ...any: readonly Role[]): boolean {
  return any.some((role) => roles.includes(role));
}
