import type { ReactNode } from 'react';
import { useLocation } from 'react-router';
import { ButtonLink } from '../../components/button.tsx';
import type { IconName } from '../../components/icon.tsx';

/** What the page of an act knows of the page that led to it. */
export interface CameFrom {
  readonly from: string;
}

/** A link to the page of an act, which leads back. */
export function ActLink({
  to,
  icon,
  children,
}: {
  readonly to: string;
  readonly icon?: IconName;
  readonly children: ReactNode;
}) {
  const { pathname, search } = useLocation();
  const state: CameFrom = { from: `${pathname}${search}` };
  return (
    <ButtonLink to={to} state={state} {...(icon === undefined ? {} : { icon })}>
      {children}
    </ButtonLink>
  );
}
