import type { ReactNode } from 'react';
import { Brand } from './brand.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { useHeadingFocus } from './heading-focus.ts';

/** The frame of the pages for people who are not signed in. */
export function Welcome({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const heading = useHeadingFocus();
  return (
    <main className="welcome">
      <title>{`${title} · Wallet`}</title>
      <ConnectionBanner />
      <div className="welcome-card">
        <Brand />
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </div>
    </main>
  );
}
