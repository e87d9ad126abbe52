import { type ReactNode, useId, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Icon, type IconName } from '../../components/icon.tsx';

/** A row that opens in place. */
export function Openable({
  icon,
  title,
  aside,
  detail,
  detailAside,
  note,
  children,
}: {
  readonly icon: IconName;
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly detail: ReactNode;
  readonly detailAside?: ReactNode;
  readonly note?: string;
  readonly children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const openedId = useId();
  return (
    <li className="openable">
      <AriaButton className="opener" aria-expanded={isOpen} aria-controls={openedId} onPress={() => setOpen(!isOpen)}>
        <span className="row-icon">
          <Icon name={icon} size={18} />
        </span>
        <span className="row-main">
          <span className="row-line">
            <span className="row-title">{title}</span>
            {aside}
          </span>
          <span className="row-line row-detail">
            <span>{detail}</span>
            {detailAside !== undefined && <span className="row-aside">{detailAside}</span>}
          </span>
          {note !== undefined && <span className="row-note">{note}</span>}
        </span>
        <Icon name="down" size={16} />
      </AriaButton>
      {isOpen && (
        <div id={openedId} className="opened">
          {children}
        </div>
      )}
    </li>
  );
}
