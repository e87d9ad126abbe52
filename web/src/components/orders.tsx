import { Link } from 'react-router';
import type { OrderPartsFragment } from '../graph/operations.generated.ts';
import { Icon } from './icon.tsx';
import { Amount, StatusBadge, Time } from './values.tsx';

export function OrderRows({ orders }: { readonly orders: readonly OrderPartsFragment[] }) {
  return (
    <ul className="rows">
      {orders.map(({ id, productId, quantity, total, status, placedAt }) => (
        <li key={id} className="row row-linked">
          <span className="row-icon">
            <Icon name="orders" size={18} />
          </span>
          <div className="row-main">
            <p className="row-title">
              <Link to={`/orders/${id}`} className="row-link">
                {quantity} × {productId}
              </Link>
            </p>
            <p className="row-detail">
              <Time at={placedAt} />
            </p>
          </div>
          <div className="row-figures">
            <Amount money={total} />
            <StatusBadge status={status} />
          </div>
        </li>
      ))}
    </ul>
  );
}
