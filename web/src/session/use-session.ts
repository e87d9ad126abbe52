import { useSyncExternalStore } from 'react';
import { session, type SessionState, type SessionUser } from './session.ts';

export function useSession(): SessionState {
  return useSyncExternalStore(session.watch, session.state);
}

/** For pages that only a signed-in person sees. */
export function useSignedIn(): SessionUser {
  const state = useSession();
  if (state.status !== 'signed-in') throw new Error('this page needs a session');
  return state.user;
}
