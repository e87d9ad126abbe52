import type { ReactNode } from 'react';
import { Failed, Loading } from './states.tsx';

/**
 * What was read, or why it could not be read. Earlier content stays, dimmed, while newer content is read.
 *
 * @param count how many placeholders are shown before.
 */
export function Content<Read>({
  content,
  error,
  isLoading,
  again,
  count = 6,
  className = '',
  children,
}: {
  readonly content: Read | null | undefined;
  readonly error: unknown;
  readonly isLoading: boolean;
  readonly again: () => unknown;
  readonly count?: number;
  readonly className?: string;
  readonly children: (content: Read) => ReactNode;
}) {
  if (content == null) {
    return error === undefined ? <Loading count={count} /> : <Failed error={error} again={() => void again()} />;
  }
  return (
    <div aria-busy={isLoading} className={isLoading ? `${className} stale` : className}>
      {children(content)}
    </div>
  );
}
