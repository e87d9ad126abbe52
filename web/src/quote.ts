import { useMutation } from '@apollo/client/react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { faultSentence } from './graph/refusals.ts';
import {
  QuoteTransferDocument,
  type QuoteTransferMutation,
  type TransferQuoteInput,
} from './graph/operations.generated.ts';
import type { Refusals } from './session/session.ts';

export type Quote = NonNullable<QuoteTransferMutation['quoteTransfer']['quote']>;

interface Outcome {
  readonly quote: Quote | null;
  readonly refusals: Refusals;
}

interface QuoteState extends Outcome {
  readonly isLoading: boolean;
  readonly error: string | null;
}

const nothing: QuoteState = { quote: null, refusals: [], isLoading: false, error: null };
const pauseInTypingMs = 350;

/** What a transfer would do, asked again whenever the input changes and before the quote runs out. */
export function useQuote(input: TransferQuoteInput | null): QuoteState & { readonly renew: () => Promise<Outcome> } {
  const [state, setState] = useState<QuoteState>(nothing);
  const [ask] = useMutation(QuoteTransferDocument);
  const latest = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const inputKey = JSON.stringify(input);

  const renew = async (): Promise<Outcome> => {
    if (input === null) return { quote: null, refusals: [] };
    clearTimeout(timer.current);
    const turn = ++latest.current;
    setState((before) => ({ ...before, isLoading: true }));
    try {
      const { data } = await ask({ variables: { input } });
      const outcome = { quote: data?.quoteTransfer.quote ?? null, refusals: data?.quoteTransfer.userErrors ?? [] };
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
    const timer = setTimeout(renewQuietly, Math.max(5_000, remainingMs - 5_000));
    return () => clearTimeout(timer);
  }, [expiresAt]);

  return { ...state, renew };
}
