import { useQuery } from '@apollo/client/react';
import { useSearchParams } from 'react-router';
import { type OrderPartsFragment, OrderStatusDocument } from './graph/operations.generated.ts';

export interface LinkedOrder {
  /** Null where the address names no order, or one that cannot be read. */
  readonly order: OrderPartsFragment | null;
  readonly isLoading: boolean;
}

/** The order that a parameter of the page's address names, to fill a form with. */
export function useLinkedOrder(parameter: string): LinkedOrder {
  const [parameters] = useSearchParams();
  const id = parameters.get(parameter) ?? '';
  const { data, loading } = useQuery(OrderStatusDocument, { variables: { id }, skip: id === '' });
  const order = data?.order ?? null;
  return { order, isLoading: loading && order === null };
}
