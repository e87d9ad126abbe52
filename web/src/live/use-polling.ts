import { useEffect, useEffectEvent } from 'react';

interface Pollable {
  readonly startPolling: (everyMs: number) => void;
  readonly stopPolling: () => void;
}

/** Asks a query again and again; null for not at the moment. */
export function usePolling(query: Pollable, everyMs: number | null): void {
  const start = useEffectEvent((ms: number) => query.startPolling(ms));
  const stop = useEffectEvent(() => query.stopPolling());
  useEffect(() => {
    if (everyMs === null) return undefined;
    start(everyMs);
    return () => stop();
  }, [everyMs]);
}
