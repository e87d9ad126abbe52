import {
  buildASTSchema,
  type DocumentNode,
  GraphQLError,
  KnownFragmentNamesRule,
  NoFragmentCyclesRule,
  NoUnusedFragmentsRule,
  parse,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { fault } from '#platform/faults.ts';
import { documentId } from './registered.ts';
import { copiesFault, shapeFault } from './shape.ts';
import { textFault } from './text.ts';

/** Documents that were let through once are let through again: so many of them, with so many characters together. */
const remembered = { documents: 5_000, characters: 10_000_000 };

/**
 * Refuses requests whose parsing, validation or planning alone would keep the router busy. What is wrong in other ways
 * passes, and is refused by whoever reads it.
 *
 * @param registered the only documents that are answered, by their ids; null where any may be.
 * @throws QUERY_TOO_COMPLEX, GRAPHQL_VALIDATION_FAILED, and FORBIDDEN of what is not registered.
 */
export function documentLimits(registered: ReadonlySet<string> | null = null): (query: unknown) => void {
  const passed = new LRUCache<string, true>({
    max: remembered.documents,
    maxSize: remembered.characters,
    sizeCalculation: (_passed, text) => text.length + 1,
  });

  return (query) => {
    if (typeof query !== 'string' || passed.has(query)) return;
    refuse(textFault(query));
    const document = parsed(query);
    if (document === null) return;
    refuse(shapeFault(document));
    refuseFragments(document);
    refuse(copiesFault(document));
    if (registered?.has(documentId(document)) === false) {
      throw fault('FORBIDDEN', 'Only registered operations are answered here.');
    }
    passed.set(query, true);
  };
}

function refuse(reason: string | null): void {
  if (reason !== null) throw fault('QUERY_TOO_COMPLEX', reason);
}

function parsed(query: string): DocumentNode | null {
  try {
    return parse(query, { noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

const fragmentRules = [KnownFragmentNamesRule, NoFragmentCyclesRule, NoUnusedFragmentsRule];
/** The rules about fragments look at no type. */
const anySchema = buildASTSchema(parse('type Query { any: Int }'));

/** Only fragments that lead somewhere can be written out; what is not spread would not be counted. */
function refuseFragments(document: DocumentNode): void {
  const [error] = validate(anySchema, document, fragmentRules, { maxErrors: 1 });
  if (error !== undefined) throw fault('GRAPHQL_VALIDATION_FAILED', error.message);
}
