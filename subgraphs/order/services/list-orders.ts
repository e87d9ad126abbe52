import { sql } from 'kysely';
import { z } from 'zod';
import { comparable } from '#platform/money/comparable.ts';
import { checkPeriod } from '#platform/validation/ranges.ts';
import { hasCharacters } from '#platform/validation/characters.ts';
import { countRows } from '#platform/postgres/count-rows.ts';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { anyOf, comparableAmount, isBehind } from '#platform/postgres/expressions.ts';
import { badArgument } from '#platform/errors/faults.ts';
import {
  amountPosition,
  type Connection,
  idPosition,
  page,
  type PageRequest,
  timePosition,
} from '#platform/graphql/paging.ts';
import { tables } from '#order/database.ts';
import { longestProductId } from '#order/domain/order.ts';
import type { OrderStatus } from '#platform/orders/lifecycle.ts';
import { Order, type OrderRow } from '#order/entities/order.ts';

export interface OrderFilter {
  readonly statuses?: readonly OrderStatus[] | null | undefined;
  readonly placedAfter?: Date | null | undefined;
  readonly placedBefore?: Date | null | undefined;
  readonly productIds?: readonly string[] | null | undefined;
}

export interface OrderListRequest extends PageRequest {
  readonly filter?: OrderFilter | null | undefined;
  readonly orderBy?: { readonly field: 'PLACED_AT' | 'TOTAL'; readonly direction: 'ASC' | 'DESC' } | null | undefined;
}

export interface OrderPage extends Connection<OrderRow> {
  readonly countTotal: () => Promise<number>;
}

/** A cursor carries the name of its order. Cursors that have another kind of position need another name. */
const orders = {
  PLACED_AT: {
    name: 'PLACED_AT',
    key: sql.ref('placedAt'),
    position: z.tuple([timePosition, idPosition]),
    valueOf: (order: OrderRow) => order.placedAt.toISOString(),
  },
  TOTAL: {
    name: 'COMPARABLE_TOTAL',
    key: comparableAmount('totalMinor'),
    position: z.tuple([amountPosition, idPosition]),
    valueOf: ({ totalMinor: minor, currency }: OrderRow) => comparable({ minor, currency }).toString(),
  },
} as const;

/**
 * A page of a customer's orders, newest first by default.
 *
 * @throws BAD_USER_INPUT
 */
export async function listOrders(em: Manager, customerId: string, request: OrderListRequest): Promise<OrderPage> {
  const { field, direction: order } = request.orderBy ?? { field: 'PLACED_AT', direction: 'DESC' };
  const { name, key, position, valueOf } = orders[field];
  if (request.filter?.productIds?.some((id) => !hasCharacters(id, 0, longestProductId)) === true) {
    throw badArgument(
      ['filter', 'productIds'],
      `Each of "productIds" must have at most ${longestProductId} characters.`,
    );
  }
  const { placedAfter, placedBefore } = request.filter ?? {};
  checkPeriod([['filter', 'placedAfter'], placedAfter], [['filter', 'placedBefore'], placedBefore]);
  const matching = filtered(em, customerId, request.filter ?? {});
  const direction = order === 'ASC' ? 'asc' : 'desc';

  const connection = await page<OrderRow, [string, string]>(request, {
    name: `orders ${name} ${order}`,
    position,
    positionOf: (order) => [valueOf(order), order.id],
    fetch: async (limit, after) => {
      const rest = after === null ? matching : matching.where(isBehind(key, direction, after));
      return await rest
        .select(columnsOf(Order))
        .orderBy(key, direction)
        .orderBy('id', direction)
        .limit(limit)
        .execute();
    },
  });
  return { ...connection, countTotal: () => countRows(matching) };
}

function filtered(em: Manager, customerId: string, filter: OrderFilter) {
  const { statuses, placedAfter, placedBefore, productIds } = filter;
  return tables(em)
    .selectFrom('orders')
    .where('customerId', '=', customerId)
    .$if(statuses != null, (query) => query.where('status', '=', anyOf(statuses!, 'text')))
    .$if(placedAfter != null, (query) => query.where('placedAt', '>=', placedAfter!))
    .$if(placedBefore != null, (query) => query.where('placedAt', '<=', placedBefore!))
    .$if(productIds != null, (query) => query.where('productId', '=', anyOf(productIds!, 'text')));
}
