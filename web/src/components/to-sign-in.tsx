import { Navigate, useLocation } from 'react-router';
import { useSession } from '../session/use-session.ts';

/** What a page redirected to `/sign-in` knows of the person who was there: `to` is for this person only. */
export interface RedirectState {
  readonly endedFor: string | null;
}

/** Leads to the page for signing in, which leads back. */
export function ToSignIn() {
  const state = useSession();
  const { pathname, search } = useLocation();
  const here = `${pathname}${search}`;
  const to = here === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(here)}`;
  const redirect: RedirectState = { endedFor: state.status === 'signed-out' ? state.endedFor : null };
  return <Navigate to={to} state={redirect} replace />;
}
