import { useSyncExternalStore } from 'react';

/** Whether the page is visible, and not in a tab behind another one. */
export function useVisible(): boolean {
  return useSyncExternalStore(watch, isVisible);
}

function watch(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
}

function isVisible(): boolean {
  return document.visibilityState === 'visible';
}
