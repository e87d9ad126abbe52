import { LRUCache } from 'lru-cache';
import { fault } from '#platform/errors/faults.ts';
import { type DocumentBounds, limitDocument } from '#platform/graphql/limits/document.ts';
import { documentId } from './registered.ts';

/** The limits of a client's document. */
export const bounds: DocumentBounds = {
  tokens: 2_000,
  nesting: 60,
  operations: 50,
  depth: 12,
  // The depth of the standard introspection query, with `ofType` of wrapped types and the arguments of fields.
  introspectionDepth: 15,
  introspectionLists: 2,
  selections: 1_000,
  aliases: 30,
  copies: 30,
  directives: 9,
};

/** The bounds of the cache of accepted documents. */
const cached = { documents: 5_000, characters: 10_000_000 };

/**
 * Refuses documents whose parsing, validation or planning alone would overload the router. Other faults pass; the parser
 * or the validation refuses them.
 *
 * @param registered the ids of the only accepted documents; null to accept any.
 * @throws QUERY_TOO_COMPLEX, GRAPHQL_VALIDATION_FAILED; FORBIDDEN for unregistered documents.
 */
export function documentLimits(registered: ReadonlySet<string> | null = null): (query: string) => void {
  const passed = new LRUCache<string, true>({
    max: cached.documents,
    maxSize: cached.characters,
    sizeCalculation: (_passed, text) => text.length + 1,
  });

  return (query) => {
    if (passed.has(query)) return;
    const document = limitDocument(query, bounds);
    if (document === null) return;
    if (registered?.has(documentId(document)) === false) {
      throw fault('FORBIDDEN', 'This server runs registered operations only.');
    }
    passed.set(query, true);
  };
}
