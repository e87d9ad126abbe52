import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';

export interface TextBounds {
  readonly tokens: number;
  /** More than any allowed operation needs, and few enough for recursion. */
  readonly nesting: number;
}

/**
 * Returns why a document is refused before it is parsed, or null. It reads tokens one by one, up to the limit. The parser
 * reports invalid tokens, such as an unclosed string.
 */
export function textFault(text: string, bounds: TextBounds): string | null {
  const lexer = new Lexer(new Source(text));
  let nesting = 0;
  for (let tokens = 0; ; tokens += 1) {
    const kind = nextKind(lexer);
    if (kind === null || kind === TokenKind.EOF) return null;
    if (tokens >= bounds.tokens) return `A document has at most ${bounds.tokens} tokens.`;
    if (opening.has(kind)) nesting += 1;
    if (closing.has(kind)) nesting -= 1;
    if (nesting > bounds.nesting) return `A document is nested at most ${bounds.nesting} levels deep.`;
  }
}

const opening: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Returns null at an invalid token. */
function nextKind(lexer: Lexer): TokenKind | null {
  try {
    return lexer.advance().kind;
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}
