import { type ReactNode, useEffect, useState } from 'react';
import { faultSentence } from '../graph/refusals.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

interface NoticeProps {
  readonly kind: 'error' | 'info' | 'success';
  readonly children: ReactNode;
}

export function Notice({ kind, children }: NoticeProps) {
  return (
    <div className={`notice notice-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <NoticeContent kind={kind}>{children}</NoticeContent>
    </div>
  );
}

/**
 * A notice on a page that has just been opened. Screen readers announce what changes in a region that was there before,
 * so the content follows the region.
 */
export function LateNotice({ kind, children }: NoticeProps) {
  const [isShown, setShown] = useState(false);
  useEffect(() => setShown(true), []);
  return (
    <div className={isShown ? `notice notice-${kind}` : undefined} role="status">
      {isShown && <NoticeContent kind={kind}>{children}</NoticeContent>}
    </div>
  );
}

function NoticeContent({ kind, children }: NoticeProps) {
  return (
    <>
      <Icon name={kind === 'success' ? 'check' : 'alert'} size={18} />
      <div>{children}</div>
    </>
  );
}

type Shape = 'rows' | 'fields' | 'cards' | 'block';

/** Placeholders in the shape of the content that is being loaded. */
export function Loading({ shape = 'rows', count = 4 }: { readonly shape?: Shape; readonly count?: number }) {
  return (
    <div className={`loading loading-${shape}`} role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="loading-part" />
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
      <p className="empty-title">This couldn't be loaded</p>
      <div className="empty-text">{faultSentence(error)}</div>
      <Button onPress={again}>Try again</Button>
    </div>
  );
}
