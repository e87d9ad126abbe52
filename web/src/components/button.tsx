import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { Link, type LinkProps } from 'react-router';
import { Icon, type IconName } from './icon.tsx';

type Look = 'primary' | 'secondary' | 'quiet' | 'danger';

interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className'> {
  readonly look?: Look;
  readonly icon?: IconName;
  /** A button without text needs an `aria-label`. */
  readonly children?: ReactNode;
  readonly wide?: boolean;
}

/** While it is pending, it keeps the focus and cannot be pressed. */
export function Button({ look = 'secondary', icon, children, wide = false, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} className={`button button-${look}${wide ? ' button-wide' : ''}`}>
      {({ isPending }) => (
        <>
          {isPending ? (
            <span className="spinner" aria-hidden="true" />
          ) : (
            icon !== undefined && <Icon name={icon} size={18} />
          )}
          {children !== undefined && <span>{children}</span>}
        </>
      )}
    </AriaButton>
  );
}

/** A link that looks like a button. */
export function ButtonLink({
  look = 'secondary',
  icon,
  children,
  ...props
}: Omit<LinkProps, 'className'> & { readonly look?: Look; readonly icon?: IconName; readonly children: ReactNode }) {
  return (
    <Link {...props} className={`button button-${look}`}>
      {icon !== undefined && <Icon name={icon} size={18} />}
      <span>{children}</span>
    </Link>
  );
}
