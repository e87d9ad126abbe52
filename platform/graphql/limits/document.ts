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
 * Refuses a document that would overload a process by its parsing, validation or execution.
 *
 * @returns the document; null if it has a syntax error, which the caller's parser reports.
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
/** The rules for fragments use no type. */
const anySchema = buildASTSchema(parse('type Query { any: Int }'));

/** Only known, acyclic fragments can be expanded, and the limits do not count unused ones. */
function refuseFragments(document: DocumentNode): void {
  const [error] = validate(anySchema, document, fragmentRules, { maxErrors: 1 });
  if (error !== undefined) throw fault('GRAPHQL_VALIDATION_FAILED', error.message);
}
