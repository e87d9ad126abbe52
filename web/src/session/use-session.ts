import { useSyncExternalStore } from 'react';
import type { Role } from '../graph/enumerations.generated.ts';
import { session, type SessionState, type SessionUser } from './session.ts';

export function useSession(): SessionState {
  return useSyncExternalStore(session.watch, session.state);
}

/**
 * The user, on pages that only signed-in people see.
 *
 * @throws where no person is signed in.
 */
export function useSignedIn(): SessionUser {
  const state = useSession();
  if (state.status !== 'signed-in') throw new Error('this page needs a session');
  return state.user;
}

/** The person's roles as staff in this session; empty for customers. */
export function useRoles(): readonly Role[] {
  const state = useSession();
  return state.status === 'signed-in' ? state.roles : [];
}
