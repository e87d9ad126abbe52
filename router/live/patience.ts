/** How long a stream waits for news before it looks by itself. */
export interface Patience {
  readonly recheckMs: number;
  /** After it could not be read. */
  readonly retryMs: number;
}
