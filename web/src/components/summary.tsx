import type { ReactNode } from 'react';

/** A line of a summary: a term and its value. */
export function Line({
  term,
  children,
  isStrong = false,
}: {
  readonly term: string;
  readonly children: ReactNode;
  readonly isStrong?: boolean;
}) {
  return (
    <div className={isStrong ? 'summary-line summary-line-strong' : 'summary-line'}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
