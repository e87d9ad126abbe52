import type { ReactNode } from 'react';
import { useHeadingFocus } from './heading-focus.ts';

/** A page with its heading, which takes the focus when a person comes from another page. */
export function Page({
  title,
  heading = title,
  actions,
  children,
  lead,
  narrow = false,
  quickActions = false,
}: {
  /** The window's title, and the heading of the page unless `heading` is given. */
  readonly title: string;
  readonly heading?: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly narrow?: boolean;
  /** On a phone, the actions share the width of the page. */
  readonly quickActions?: boolean;
}) {
  const headline = useHeadingFocus();
  return (
    <div className={narrow ? 'page page-narrow' : 'page'}>
      <title>{`${title} · Wallet`}</title>
      <header className="page-header">
        <div className="page-headline">
          <h1 ref={headline} tabIndex={-1}>
            {heading}
          </h1>
          {lead !== undefined && <div className="lead">{lead}</div>}
        </div>
        {actions !== undefined && (
          <div className={quickActions ? 'page-actions quick-actions' : 'page-actions'}>{actions}</div>
        )}
      </header>
      {children}
    </div>
  );
}

export function Section({
  title,
  action,
  children,
}: {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="section" aria-label={title}>
      <div className="section-header">
        <h2>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}
