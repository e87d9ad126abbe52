import { LRUCache } from 'lru-cache';
import { fault } from '#platform/errors/faults.ts';
import { type DocumentBounds, limitDocument } from '#platform/graphql/limits/document.ts';
import { documentId } from './registered.ts';

/** What a client's document may be. */
export const bounds: DocumentBounds = {
  tokens: 2_000,
  nesting: 60,
  operations: 50,
  depth: 12,
  // As deep as the standard introspection query goes, through the `ofType` of wrapped types, and the arguments of the
  // fields of a type.
  introspectionDepth: 15,
  introspectionLists: 2,
  selections: 1_000,
  aliases: 30,
  copies: 30,
  directives: 9,
};

/** Documents that were let through once are let through again: so many of them, with so many characters together. */
const remembered = { documents: 5_000, characters: 10_000_000 };

/**
 * Refuses requests whose parsing, validation or planning alone would keep the router busy. What is wrong in other ways
 * passes, and is refused by whoever reads it.
 *
 * @param registered the only documents that are answered, by their ids; null where any may be.
 * @throws QUERY_TOO_COMPLEX, GRAPHQL_VALIDATION_FAILED, and FORBIDDEN of what is not registered.
 */
export function documentLimits(registered: ReadonlySet<string> | null = null): (query: string) => void {
  const passed = new LRUCache<string, true>({
    max: remembered.documents,
    maxSize: remembered.characters,
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
