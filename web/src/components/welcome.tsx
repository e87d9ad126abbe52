import type { ReactNode } from 'react';
import { Brand } from './brand.tsx';
import { ConnectionBanner } from './connection-banner.tsx';

/** The frame of the pages for those who are not signed in. */
export function Welcome({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <main className="welcome">
      <title>{`${title} · Wallet`}</title>
      <ConnectionBanner />
      <div className="welcome-card">
        <Brand />
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
