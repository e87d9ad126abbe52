import { useLocation, useNavigate } from 'react-router';
import type { Address } from '../use-address.ts';
import { Button } from './button.tsx';
import { focusHeading } from './heading-focus.ts';

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

export interface PagingState {
  readonly next: (() => void) | null;
  readonly previous: (() => void) | null;
}

/**
 * Turns the pages of a list. The cursor in the address leads forwards. The browser's history leads backwards, or to the
 * first page where the person did not come from the page before.
 */
export function usePaging(address: Address, pageInfo: PageInfo | undefined): PagingState {
  const navigate = useNavigate();
  const { state } = useLocation() as { state: { cameFromPage?: boolean } | null };
  const endCursor = pageInfo?.endCursor ?? null;
  const turn = (page: () => void) => () => {
    page();
    scrollTo(0, 0);
    focusHeading();
  };
  const toPrevious = () => {
    if (state?.cameFromPage === true) void navigate(-1);
    else address.set({ after: '' });
  };
  return {
    next:
      pageInfo?.hasNextPage === true && endCursor !== null
        ? turn(() => address.set({ after: endCursor }, { push: true }))
        : null,
    previous: address.get('after') === '' ? null : turn(toPrevious),
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
