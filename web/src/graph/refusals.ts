import { CombinedGraphQLErrors } from '@apollo/client/errors';
import type { Refusals } from '../session/session.ts';
import { ConnectionLost, ServerFault } from './connection.ts';

/** The sentences that a form shows: by the name of the field, and those that belong to no field. */
export interface Shown {
  readonly byField: Readonly<Record<string, string[]>>;
  readonly general: readonly string[];
}

export const nothingShown: Shown = { byField: {}, general: [] };

/** Places each refusal at the field that its path names, if the form has a field of that name. */
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

/** A fault as a sentence for the person: what happened and what to do. */
export function faultSentence(error: unknown): string {
  if (error instanceof ConnectionLost) {
    return "The server can't be reached. Nothing is lost: try again when the connection is back.";
  }
  if (error instanceof ServerFault) return sentenceOf(error.code, error.message);
  if (CombinedGraphQLErrors.is(error)) {
    const [first] = error.errors;
    return sentenceOf(first?.extensions?.['code'], first?.message ?? error.message);
  }
  return unknownFault;
}

const unknownFault = 'Something went wrong on our side. Try again.';

function sentenceOf(code: unknown, message: string): string {
  switch (code) {
    // These two messages of the server are for the person.
    case 'BAD_USER_INPUT':
    case 'RATE_LIMITED':
      return message;
    case 'UNAUTHENTICATED':
      return 'Your session has ended. Sign in again.';
    case 'SUBGRAPH_TIMEOUT':
    case 'SUBGRAPH_UNAVAILABLE':
    case 'SERVICE_UNAVAILABLE':
      return "This part of the service isn't available right now. Try again shortly.";
    default:
      return unknownFault;
  }
}
