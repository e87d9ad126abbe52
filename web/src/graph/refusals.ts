import { CombinedGraphQLErrors } from '@apollo/client/errors';
import type { Refusals } from '../session/session.ts';
import { ConnectionLost } from './connection.ts';

/** What a form shows: sentences by the name of the field that they belong to, and those that belong to none. */
export interface Shown {
  readonly byField: Readonly<Record<string, string[]>>;
  readonly general: readonly string[];
}

export const nothingShown: Shown = { byField: {}, general: [] };

/** Places each refusal at the field that its path names, if the form has one of that name. */
export function placed(refusals: Refusals, fields: readonly string[]): Shown {
  const byField: Record<string, string[]> = {};
  const general: string[] = [];
  for (const { field, message } of refusals) {
    const name = field?.findLast((step) => fields.includes(step));
    if (name === undefined) general.push(message);
    else (byField[name] ??= []).push(message);
  }
  return { byField, general };
}

export function faultShown(error: unknown): Shown {
  return { byField: {}, general: [faultSentence(error)] };
}

/** A sentence for the person who met it. */
export function faultSentence(error: unknown): string {
  if (error instanceof ConnectionLost) {
    return 'The server cannot be reached. Nothing is lost: try again when the connection is back.';
  }
  if (CombinedGraphQLErrors.is(error)) {
    const code = error.errors[0]?.extensions?.['code'];
    if (code === 'SUBGRAPH_TIMEOUT' || code === 'SUBGRAPH_UNAVAILABLE' || code === 'SERVICE_UNAVAILABLE') {
      return 'This part of the service does not answer at the moment. Try again.';
    }
    if (code === 'UNAUTHENTICATED') return 'Your session is over: sign in again.';
    if (code === 'BAD_USER_INPUT') return error.errors[0]?.message ?? error.message;
  }
  return 'Something went wrong on our side. Try again.';
}
