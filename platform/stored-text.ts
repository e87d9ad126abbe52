import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { type DocumentNode, Kind, visit } from 'graphql';
import { fault } from './faults.ts';

/** PostgreSQL stores every text but NUL, and UTF-8 every character but half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** Refuses, by name, text that could not be stored as it was given. */
export function refuseUnstorableText<Context extends BaseContext>(): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ request, document }) => {
        refuseUnstorable(unstorableLiteral(document) ?? unstorableVariable(request.variables));
      },
    }),
  };
}

/** @throws BAD_USER_INPUT where there is such a place. */
export function refuseUnstorable(place: string | null): void {
  if (place !== null) throw fault('BAD_USER_INPUT', `${place} has a character that no text may have.`);
}

/** Deeper than what the router lets through, and than any input of the schemas. */
const deepestValue = 40;

/**
 * The variable, or the part of one, that could not be stored; null where all could.
 *
 * @throws QUERY_TOO_COMPLEX
 */
export function unstorableVariable(value: unknown, place = '$', depth = 0): string | null {
  if (typeof value === 'string') return isStorable(value) ? null : place;
  if (typeof value !== 'object' || value === null) return null;
  if (depth > deepestValue)
    throw fault('QUERY_TOO_COMPLEX', `Variables are nested at most ${deepestValue} levels deep.`);
  for (const [name, part] of Object.entries(value)) {
    const found = unstorableVariable(part, place === '$' ? `$${name}` : `${place}.${name}`, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

export function unstorableLiteral(document: DocumentNode): string | null {
  let found: string | null = null;
  visit(document, {
    [Kind.STRING]: (node) => {
      if (!isStorable(node.value)) found = 'A string in the query';
    },
  });
  return found;
}
