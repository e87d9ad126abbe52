import { useMutation } from '@apollo/client/react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { faultSentence } from './graph/refusals.ts';
import {
  QuoteTransferDocument,
  type QuoteTransferMutation,
  type TransferQuoteInput,
} from './graph/operations.generated.ts';
import type { Refusals } from './session/session.ts';

export type Quote = NonNullable<NonNullable<QuoteTransferMutation['quoteTransfer']>['quote']>;

interface Outcome {
  readonly quote: Quote | null;
  readonly refusals: Refusals;
}

interface QuoteState extends Outcome {
  readonly isLoading: boolean;
  /** A sentence for the person. */
  readonly error: string | null;
}

interface LiveQuote extends QuoteState {
  /** Fetches another quote for the same input. */
  readonly renew: () => Promise<Outcome>;
  /** What the server refuses of another input; this quote stays. */
  readonly refusalsOf: (input: TransferQuoteInput) => Promise<Refusals>;
}

const nothing: QuoteState = { quote: null, refusals: [], isLoading: false, error: null };
const pauseInTypingMs = 350;
const soonestRenewalMs = 5_000;
const renewsBeforeExpiryMs = 5_000;

/** The quote for a transfer. It is fetched when the input changes, and again before it expires. */
export function useQuote(input: TransferQuoteInput | null): LiveQuote {
  const [state, setState] = useState<QuoteState>(nothing);
  const [quoteTransfer] = useMutation(QuoteTransferDocument);
  const latest = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const inputKey = JSON.stringify(input);

  const fetchQuote = async (input: TransferQuoteInput): Promise<Outcome> => {
    const payload = (await quoteTransfer({ variables: { input } })).data?.quoteTransfer;
    return { quote: payload?.quote ?? null, refusals: payload?.userErrors ?? [] };
  };
  const renew = async (): Promise<Outcome> => {
    if (input === null) return { quote: null, refusals: [] };
    clearTimeout(timer.current);
    const turn = ++latest.current;
    setState((before) => ({ ...before, isLoading: true }));
    try {
      const outcome = await fetchQuote(input);
      if (turn === latest.current) setState({ ...outcome, isLoading: false, error: null });
      return outcome;
    } catch (error) {
      if (turn === latest.current) setState({ ...nothing, error: faultSentence(error) });
      throw error;
    }
  };
  const renewQuietly = useEffectEvent(() => void renew().catch(() => undefined));

  useEffect(() => {
    latest.current += 1;
    setState(nothing);
    if (inputKey === 'null') return undefined;
    timer.current = setTimeout(renewQuietly, pauseInTypingMs);
    return () => clearTimeout(timer.current);
  }, [inputKey]);

  const expiresAt = state.quote?.expiresAt;
  useEffect(() => {
    if (expiresAt === undefined) return undefined;
    const remainingMs = Date.parse(expiresAt) - Date.now();
    const timer = setTimeout(renewQuietly, Math.max(soonestRenewalMs, remainingMs - renewsBeforeExpiryMs));
    return () => clearTimeout(timer);
  }, [expiresAt]);

  return { ...state, renew, refusalsOf: async (input) => (await fetchQuote(input)).refusals };
}
