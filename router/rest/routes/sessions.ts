import { session, tokens, userErrors } from '../fragments.ts';
import type { Route } from '../route.ts';

const location = '/sessions';

export const sessions: readonly Route[] = [
  {
    method: 'POST',
    path: '/sessions',
    tag: 'Sessions',
    summary: 'Sign in. Where a second factor is set, the answer is 202 with a challenge.',
    document: `mutation RestLogin($email: String!, $password: String!) {
  payload: login(input: { email: $email, password: $password }) { ...Tokens ${userErrors} }
}
${tokens}`,
    result: ['payload'],
    answer: { kind: 'session', isNew: true, location, challenges: true },
    refusals: ['INVALID_EMAIL', 'INVALID_CREDENTIALS'],
    isPublic: true,
  },
  {
    method: 'POST',
    path: '/sessions/second-factor',
    tag: 'Sessions',
    summary: 'End a sign-in with the challenge and a code of the authenticator app, or a recovery code.',
    document: `mutation RestCompleteLogin($challenge: String!, $code: String, $recoveryCode: String) {
  payload: completeLogin(input: { challenge: $challenge, code: $code, recoveryCode: $recoveryCode }) {
    ...Tokens ${userErrors}
  }
}
${tokens}`,
    result: ['payload'],
    answer: { kind: 'session', isNew: true, location },
    refusals: ['INVALID_TOKEN', 'INVALID_CODE', 'TOO_MANY_ATTEMPTS', 'SECOND_FACTOR_REQUIRED'],
    isPublic: true,
  },
  {
    method: 'POST',
    path: '/sessions/refresh',
    tag: 'Sessions',
    summary: 'Exchange a refresh token for the next tokens. A second use of the same one ends the session.',
    document: `mutation RestRefresh($refreshToken: String!) {
  payload: refreshToken(input: { refreshToken: $refreshToken }) { ...Tokens ${userErrors} }
}
${tokens}`,
    result: ['payload'],
    answer: { kind: 'session', isNew: false },
    refusals: ['INVALID_TOKEN'],
    isPublic: true,
  },
  {
    method: 'POST',
    path: '/sessions/logout',
    tag: 'Sessions',
    summary: 'End the session of a refresh token. Ending it again is no error.',
    document: `mutation RestLogout($refreshToken: String!) {
  payload: logout(input: { refreshToken: $refreshToken }) { ${userErrors} }
}`,
    result: ['payload'],
    answer: { kind: 'nothing' },
    refusals: ['INVALID_TOKEN'],
    isPublic: true,
  },
  {
    method: 'GET',
    path: '/sessions',
    tag: 'Sessions',
    summary: 'List the open sessions, last used first: at most 50.',
    document: `query RestSessions { viewer { sessions { ...Session } } }
${session}`,
    result: ['viewer', 'sessions'],
    answer: { kind: 'list' },
  },
  {
    method: 'DELETE',
    path: '/sessions/{sessionId}',
    tag: 'Sessions',
    summary: 'End one of the sessions. Ending it again is no error.',
    document: `mutation RestEndSession($sessionId: ID!) {
  payload: endSession(input: { sessionId: $sessionId }) { user { id } ${userErrors} }
}`,
    result: ['payload', 'user'],
    answer: { kind: 'nothing' },
    refusals: ['NOT_FOUND'],
  },
];
