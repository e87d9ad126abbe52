import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

let shownPath: string | null = null;

/** A page with its heading, which takes the focus when somebody comes to the page from another one. */
export function Page({
  title,
  heading = title,
  actions,
  children,
  lead,
  narrow = false,
  quickActions = false,
}: {
  /** Of the window, and above the page unless there is another heading. */
  readonly title: string;
  readonly heading?: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly narrow?: boolean;
  /** On a phone the actions stand side by side over the whole width. */
  readonly quickActions?: boolean;
}) {
  const headline = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    if (shownPath !== null && shownPath !== pathname) {
      scrollTo(0, 0);
      headline.current?.focus({ preventScroll: true });
    }
    shownPath = pathname;
  }, [pathname]);

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
