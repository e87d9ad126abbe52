import { Link } from 'react-router';
import type { OrderPartsFragment } from '../graph/operations.generated.ts';
import { Icon } from './icon.tsx';
import { Amount, StatusBadge, Time } from './values.tsx';

export function OrderRows({ orders }: { readonly orders: readonly OrderPartsFragment[] }) {
  return (
    <ul className="card rows">
      {orders.map(({ id, productId, quantity, total, status, placedAt }) => (
        <li key={id} className="row row-linked">
          <span className="row-icon">
            <Icon name="orders" size={18} />
          </span>
          <div className="row-main">
            <div className="row-line">
              <p className="row-title">
                <Link to={`/orders/${id}`} className="row-link">
                  {quantity} × {productId}
                </Link>
              </p>
              <Amount money={total} />
            </div>
            <div className="row-line row-detail">
              <p>
                <Time at={placedAt} />
              </p>
              <StatusBadge status={status} />
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
