import { ConnectionLost, send } from '../graph/connection.ts';
import type { UserErrorPartsFragment } from '../graph/operations.generated.ts';

/**
 * The session of this page. The access token lives in this module's memory and nowhere else; the refresh token is in a
 * cookie that only the server sees.
 */

export interface SessionUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

export type SessionState =
  | { readonly status: 'unknown' }
  /** Whether somebody is signed in could not be found out. */
  | { readonly status: 'unreachable' }
  | { readonly status: 'signed-out'; readonly ended: boolean }
  | { readonly status: 'signed-in'; readonly user: SessionUser };

export type Refusals = readonly UserErrorPartsFragment[];

interface Granted {
  readonly accessToken: string;
  readonly expiresInS: number;
  readonly user: SessionUser;
}

interface Token {
  readonly text: string;
  /** When it is time for the next one, in milliseconds of this page's own clock. */
  readonly renewAtMs: number;
}

let state: SessionState = { status: 'unknown' };
let token: Token | null = null;
let renewing: Promise<void> | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const watchers = new Set<() => void>();

type News = 'signed-in' | 'signed-out';

/** Other tabs of this browser share the cookie, and hear here what becomes of it. */
const otherTabs = new BroadcastChannel('session');
otherTabs.addEventListener('message', ({ data }: MessageEvent<News>) => {
  if (data === 'signed-out') end(false);
  else void renew().catch(() => undefined);
});

function tellOtherTabs(news: News): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
  otherTabs.postMessage(news);
}

export const session = {
  state: () => state,
  watch: (watcher: () => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  },

  /** Finds out, after a page was loaded, whether somebody is signed in. */
  resume: async (): Promise<void> => {
    try {
      await renew();
    } catch {
      if (state.status === 'unknown') change({ status: 'unreachable' });
    }
  },

  login: async (input: { email: string; password: string }) => await begin({ login: input }),
  register: async (input: { email: string; name: string; password: string }) => await begin({ register: input }),
  /** Ends all sessions of the person but this one. */
  changePassword: async (input: { currentPassword: string; newPassword: string }) =>
    await begin({ changePassword: input }, await session.accessToken()),

  logout: async (): Promise<void> => {
    await inTurn(async () => await request('DELETE', '/session'));
    end(false);
    tellOtherTabs('signed-out');
  },

  /** Null where nobody is signed in. */
  accessToken: async (): Promise<string | null> => {
    if (token !== null && performance.now() >= token.renewAtMs) await renew();
    return token?.text ?? null;
  },

  /** Another token in place of one that the server refused; null where there is none. */
  replacementFor: async (refused: string): Promise<string | null> => {
    if (token?.text === refused) await renew();
    return token?.text ?? null;
  },

  rename: (user: SessionUser) => change({ status: 'signed-in', user }),
};

/** Nobody is refreshed twice at once: the second use of one refresh token would end the session. */
async function renew(): Promise<void> {
  renewing ??= inTurn(async () => {
    const answer = await request('POST', '/session/refresh');
    const { session: granted } = (await answer.json()) as { session: Granted | null };
    if (granted === null) end(state.status === 'signed-in');
    else accept(granted);
  }).finally(() => {
    renewing = null;
  });
  await renewing;
}

async function begin(body: object, authorization: string | null = null): Promise<Refusals> {
  return await inTurn(async () => {
    const answer = await request('POST', '/session', body, authorization);
    const { session: granted, userErrors } = (await answer.json()) as {
      session: Granted | null;
      userErrors: Refusals;
    };
    if (granted === null) return userErrors;
    accept(granted);
    tellOtherTabs('signed-in');
    return [];
  });
}

/** One tab at a time speaks of the cookie. Browsers have locks only on https and on the machine itself. */
async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const locks: LockManager | undefined = navigator.locks;
  return locks === undefined ? await work() : await locks.request('session', work);
}

async function request(method: string, path: string, body?: object, authorization?: string | null): Promise<Response> {
  const response = await send(path, {
    method,
    // The answer's cookie is to be kept also where the page is left meanwhile.
    keepalive: true,
    headers: {
      'x-console': '1',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(authorization == null ? {} : { authorization: `Bearer ${authorization}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new ConnectionLost(`the server answers with status ${response.status}`);
  return response;
}

function accept({ accessToken, expiresInS, user }: Granted): void {
  const lifeMs = expiresInS * 1_000;
  const renewInMs = lifeMs - Math.min(60_000, lifeMs / 4);
  token = { text: accessToken, renewAtMs: performance.now() + renewInMs };
  clearTimeout(timer);
  timer = setTimeout(() => void renew().catch(() => undefined), renewInMs);
  change({ status: 'signed-in', user });
}

function end(ended: boolean): void {
  clearTimeout(timer);
  token = null;
  change({ status: 'signed-out', ended });
}

function change(next: SessionState): void {
  const unchanged = next.status === 'signed-in' && state.status === 'signed-in' && sameUser(next.user, state.user);
  if (unchanged) return;
  state = next;
  for (const watcher of watchers) watcher();
}

function sameUser(a: SessionUser, b: SessionUser): boolean {
  return a.id === b.id && a.email === b.email && a.name === b.name;
}
