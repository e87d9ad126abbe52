import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from './icon.tsx';

/** The result of a form. Its heading takes the focus, because the form that had it is gone. */
export function Done({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="done" role="status">
      <span className="done-icon">
        <Icon name="check" size={28} />
      </span>
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </div>
  );
}
