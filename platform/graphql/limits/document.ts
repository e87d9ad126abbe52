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
import { fault } from '../../errors/faults.ts';
import { copiesFault, type ShapeBounds, shapeFault } from './shape.ts';
import { type TextBounds, textFault } from './text.ts';

export type DocumentBounds = TextBounds & ShapeBounds;

/**
 * Refuses a document whose parsing, validation or execution alone would keep a process busy.
 *
 * @returns the document; null where it cannot be parsed, which is refused by whoever parses it.
 * @throws QUERY_TOO_COMPLEX, GRAPHQL_VALIDATION_FAILED
 */
export function limitDocument(text: string, bounds: DocumentBounds): DocumentNode | null {
  refuse(textFault(text, bounds));
  const document = parsed(text);
  if (document === null) return null;
  refuse(shapeFault(document, bounds));
  refuseFragments(document);
  refuse(copiesFault(document, bounds));
  return document;
}

function refuse(reason: string | null): void {
  if (reason !== null) throw fault('QUERY_TOO_COMPLEX', reason);
}

function parsed(text: string): DocumentNode | null {
  try {
    return parse(text, { noLocation: true });
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
