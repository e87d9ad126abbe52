/**
 * Why the last person left this tab. The sign-in page says it, and the next person starts at the overview instead of
 * the page that the last one saw. It is kept for the tab, since the page is loaded again when a person leaves.
 */
export type Farewell = 'signed-out' | 'deleted';

const key = 'farewell';

export const farewell = {
  read: (): Farewell | null => {
    const kept = attempt(() => sessionStorage.getItem(key));
    return kept === 'signed-out' || kept === 'deleted' ? kept : null;
  },
  keep: (reason: Farewell) => attempt(() => sessionStorage.setItem(key, reason)),
  forget: () => attempt(() => sessionStorage.removeItem(key)),
};

/** A browser may forbid a page to store anything; then the sign-in page says nothing. */
function attempt<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch {
    return null;
  }
}
