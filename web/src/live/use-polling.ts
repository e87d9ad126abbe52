import { useEffect, useEffectEvent } from 'react';
import { useVisible } from './use-visible.ts';

interface Pollable {
  readonly startPolling: (everyMs: number) => void;
  readonly stopPolling: () => void;
}

/** Repeats a query while the page is visible; null stops it. */
export function usePolling(query: Pollable, everyMs: number | null): void {
  const isVisible = useVisible();
  const start = useEffectEvent((ms: number) => query.startPolling(ms));
  const stop = useEffectEvent(() => query.stopPolling());
  useEffect(() => {
    if (everyMs === null || !isVisible) return undefined;
    start(everyMs);
    return () => stop();
  }, [everyMs, isVisible]);
}
