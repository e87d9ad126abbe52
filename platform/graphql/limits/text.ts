import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';

export interface TextBounds {
  readonly tokens: number;
  /** Deeper than any operation that is allowed, and flat enough for every function that goes down by calling itself. */
  readonly nesting: number;
}

/**
 * Why a document is not even parsed, or null. Only its tokens are looked at, one after the other, and no more of them
 * than are allowed. What has no tokens, such as an unclosed string, is for the parser to refuse.
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

/** Null where the text goes on with something that is no token. */
function nextKind(lexer: Lexer): TokenKind | null {
  try {
    return lexer.advance().kind;
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}
