import { useLocation, useNavigate } from 'react-router';
import type { Address } from '../use-address.ts';
import { Button } from './button.tsx';

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

export interface PagingState {
  readonly next: (() => void) | null;
  readonly previous: (() => void) | null;
}

/** Lists are paged forwards, by the cursor in the address; backwards leads through the browser's history, or to the beginning. */
export function usePaging(address: Address, pageInfo: PageInfo | undefined): PagingState {
  const navigate = useNavigate();
  const { state } = useLocation() as { state: { cameFromPage?: boolean } | null };
  const endCursor = pageInfo?.endCursor ?? null;
  return {
    next:
      pageInfo?.hasNextPage === true && endCursor !== null
        ? () => {
            address.set({ after: endCursor }, { push: true });
            scrollTo(0, 0);
          }
        : null,
    previous:
      address.get('after') === ''
        ? null
        : () => {
            if (state?.cameFromPage === true) void navigate(-1);
            else address.set({ after: '' });
            scrollTo(0, 0);
          },
  };
}

export function Paging({ paging: { next, previous } }: { readonly paging: PagingState }) {
  if (next === null && previous === null) return null;
  return (
    <nav className="paging" aria-label="Pages">
      <Button isDisabled={previous === null} onPress={() => previous?.()}>
        Previous
      </Button>
      <Button isDisabled={next === null} onPress={() => next?.()}>
        Next
      </Button>
    </nav>
  );
}
