import type { UserErrorPartsFragment } from '../graph/operations.generated.ts';
import type { Role } from '../graph/enumerations.generated.ts';
import { type Farewell, farewell } from './farewell.ts';
import { rolesIn } from './roles.ts';
import { request } from './session-request.ts';

/**
 * The session of this page. The access token is in this module's memory and nowhere else; the refresh token is in a
 * cookie that only the server reads.
 *
 * A document belongs to one person. When this person leaves, or another person signs in, the browser loads the page
 * again: no cache, form or answer of the first person can reach the second one.
 */

export interface SessionUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

export type SessionState =
  /** The page does not know yet whether a person is signed in. */
  | { readonly status: 'unknown' }
  /** The server did not answer, so the page cannot know. */
  | { readonly status: 'unreachable' }
  /** `endedFor` is the id of the user whose session ended while the page was open, otherwise null. */
  | { readonly status: 'signed-out'; readonly endedFor: string | null }
  | SignedIn;

export interface SignedIn {
  readonly status: 'signed-in';
  readonly user: SessionUser;
  /** The person's roles as staff in this session; empty for customers. */
  readonly roles: readonly Role[];
}

export type Refusals = readonly UserErrorPartsFragment[];

interface Granted {
  readonly accessToken: string;
  readonly expiresInS: number;
  readonly user: SessionUser;
}

/** What the server says to a sign-in: refused, or begun, or waiting for the second factor. */
export interface SignInAnswer {
  readonly refusals: Refusals;
  /** The challenge that the second factor answers; null where the sign-in is over. */
  readonly challenge: SecondStepChallenge | null;
}

export interface SecondStepChallenge {
  readonly token: string;
  /** What the browser needs to use a passkey; null where there is none. */
  readonly passkeyOptions: string | null;
}

interface Token {
  readonly text: string;
  /** When to fetch the next token, in milliseconds on `performance.now()`'s clock. */
  readonly renewAtMs: number;
}

let state: SessionState = { status: 'unknown' };
/** The user id of the person whom this document belongs to. */
let ownerId: string | null = null;
let token: Token | null = null;
let renewing: Promise<void> | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const watchers = new Set<() => void>();

type TabMessage = 'signed-in' | Farewell;

/** The tabs of a browser share the cookie. This channel tells the other tabs when it changes. */
const otherTabs = new BroadcastChannel('session');
otherTabs.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
  if (data === 'signed-in') renew().catch(() => undefined);
  else leave(data);
});

function notifyOtherTabs(message: TabMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin
  otherTabs.postMessage(message);
}

// The browser can keep a page as it was and show it again on the way back, after another person has signed in.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  change({ status: 'unknown' });
  void session.resume();
});

export const session = {
  state: () => state,
  watch: (watcher: () => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  },

  /** Finds out whether a person is signed in, after a page was loaded. */
  resume: async (): Promise<void> => {
    try {
      await renew();
    } catch {
      if (state.status === 'unknown') change({ status: 'unreachable' });
    }
  },

  /** Fetches the next token, whose roles may differ. */
  renew: async (): Promise<void> => await renew(),

  login: async (input: { email: string; password: string }) => await begin({ login: input }),
  /** The second step of a sign-in. */
  completeLogin: async (
    input: { challenge: string } & ({ code: string } | { recoveryCode: string } | { passkeyResponse: string }),
  ) => (await begin({ completeLogin: input })).refusals,
  register: async (input: { email: string; name: string; password: string }) =>
    (await begin({ register: input })).refusals,
  /** Ends every other session of the person. */
  changePassword: async (input: { currentPassword: string; newPassword: string; confirmation?: string }) =>
    (await begin({ changePassword: input }, await session.accessToken())).refusals,

  /** Ends the session, in every tab. */
  logout: async (reason: Farewell = 'signed-out'): Promise<void> => {
    await inTurn(async () => await request('DELETE', '/session'));
    notifyOtherTabs(reason);
    leave(reason);
  },

  /** Null where no person is signed in. */
  accessToken: async (): Promise<string | null> => {
    if (token !== null && performance.now() >= token.renewAtMs) await renew();
    return token?.text ?? null;
  },

  /** The next token after one that the server refused; null where there is none. */
  replacementFor: async (refused: string): Promise<string | null> => {
    if (token?.text === refused) await renew();
    return token?.text ?? null;
  },

  rename: (user: SessionUser) => {
    if (state.status === 'signed-in') change({ ...state, user });
  },
};

/** Shorter than the time for which the server repeats its answer to a refresh token. */
const refreshWithinMs = 10_000;

/** Renews the token once, however many callers need it: a second use of one refresh token would end the session. */
async function renew(): Promise<void> {
  renewing ??= inTurn(async () => {
    const answer = await request('POST', '/session/refresh', { withinMs: refreshWithinMs });
    const { session: granted } = (await answer.json()) as { session: Granted | null };
    if (granted === null) end();
    else accept(granted);
  }).finally(() => {
    renewing = null;
  });
  await renewing;
}

async function begin(body: object, authorization: string | null = null): Promise<SignInAnswer> {
  return await inTurn(async () => {
    const answer = await request('POST', '/session', { body, authorization });
    const {
      session: granted,
      challenge,
      userErrors,
    } = (await answer.json()) as {
      session: Granted | null;
      challenge?: SecondStepChallenge;
      userErrors: Refusals;
    };
    if (granted === null) return { refusals: userErrors, challenge: challenge ?? null };
    accept(granted);
    notifyOtherTabs('signed-in');
    return { refusals: [], challenge: null };
  });
}

/** Lets one tab at a time use the cookie. Browsers have locks only on https and on the local machine. */
async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const locks: LockManager | undefined = navigator.locks;
  return locks === undefined ? await work() : await locks.request('session', work);
}

function accept({ accessToken, expiresInS, user }: Granted): void {
  if (ownerId !== null && ownerId !== user.id) return replaceDocument('/');
  ownerId = user.id;
  const lifeMs = expiresInS * 1_000;
  const renewInMs = lifeMs - Math.min(60_000, lifeMs / 4);
  token = { text: accessToken, renewAtMs: performance.now() + renewInMs };
  clearTimeout(timer);
  const roles = rolesIn(accessToken);
  // The session of an idle staff member ends: only their requests renew the token.
  if (roles.length === 0) timer = setTimeout(() => void renew().catch(() => undefined), renewInMs);
  change({ status: 'signed-in', user, roles });
}

/** The server has no session for this browser. */
function end(): void {
  discardToken();
  change({ status: 'signed-out', endedFor: ownerId });
}

/** The person left, here or in another tab. */
function leave(reason: Farewell): void {
  farewell.keep(reason);
  replaceDocument('/sign-in');
}

/** Shows nothing from now on, and loads a new document, which has nothing of this one's memory. */
function replaceDocument(path: string): void {
  discardToken();
  change({ status: 'unknown' });
  location.replace(path);
}

function discardToken(): void {
  clearTimeout(timer);
  token = null;
}

function change(next: SessionState): void {
  const unchanged = next.status === 'signed-in' && state.status === 'signed-in' && isSame(next, state);
  if (unchanged) return;
  state = next;
  for (const watcher of watchers) watcher();
}

function isSame(a: SignedIn, b: SignedIn): boolean {
  const [{ user }, { user: other }] = [a, b];
  const isSameUser = user.id === other.id && user.email === other.email && user.name === other.name;
  return isSameUser && a.roles.join() === b.roles.join();
}
