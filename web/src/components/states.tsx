import type { ReactNode } from 'react';
import { faultSentence } from '../graph/refusals.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

export function Notice({
  kind,
  children,
}: {
  readonly kind: 'error' | 'info' | 'success';
  readonly children: ReactNode;
}) {
  return (
    <div className={`notice notice-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <Icon name={kind === 'success' ? 'check' : 'alert'} size={18} />
      <div>{children}</div>
    </div>
  );
}

/** The shape of what is coming. */
export function Loading({ rows = 4, label = 'Loading' }: { readonly rows?: number; readonly label?: string }) {
  return (
    <div className="loading" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="loading-row" />
      ))}
    </div>
  );
}

export function Empty({
  icon,
  title,
  children,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="empty">
      <span className="empty-icon">
        <Icon name={icon} size={24} />
      </span>
      <p className="empty-title">{title}</p>
      {children !== undefined && <div className="empty-text">{children}</div>}
    </div>
  );
}

export function Failed({ error, again }: { readonly error: unknown; readonly again: () => void }) {
  return (
    <div className="empty" role="alert">
      <span className="empty-icon">
        <Icon name="alert" size={24} />
      </span>
      <p className="empty-title">This could not be loaded</p>
      <div className="empty-text">{faultSentence(error)}</div>
      <Button onPress={again}>Try again</Button>
    </div>
  );
}
