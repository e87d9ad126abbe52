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

type Shape = 'rows' | 'fields' | 'cards' | 'block';

/** The shape of what is coming, where it does not come at once. */
export function Loading({ shape = 'rows', count = 4 }: { readonly shape?: Shape; readonly count?: number }) {
  return (
    <div className={`loading loading-${shape}`} role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, place) => (
        <div key={place} className="loading-part" />
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
