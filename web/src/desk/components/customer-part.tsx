import type { ReactNode } from 'react';
import { Failed, Loading } from '../../components/states.tsx';

/** A recorded look at a customer. */
export interface CustomerLook {
  readonly id: string;
  readonly permit: string;
}

/** A part of the customer's page: what was read, or why it could not be read. */
export function Part<Content>({
  content,
  error,
  isLoading,
  again,
  children,
}: {
  readonly content: Content | null | undefined;
  readonly error: unknown;
  readonly isLoading: boolean;
  readonly again: () => void;
  readonly children: (content: Content) => ReactNode;
}) {
  if (content == null) return error === undefined ? <Loading count={6} /> : <Failed error={error} again={again} />;
  return (
    <div aria-busy={isLoading} className={isLoading ? 'part stale' : 'part'}>
      {children(content)}
    </div>
  );
}
