import { z } from 'zod';
import { countRows } from '#platform/postgres/count-rows.ts';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { anyOf, isBehind } from '#platform/postgres/expressions.ts';
import { type Connection, idPosition, page, type PageRequest, timePosition } from '#platform/graphql/paging.ts';
import { tables } from '#notification/database.ts';
import type { NotificationKind } from '#notification/domain/messages.ts';
import { Notification, type NotificationRow } from '#notification/entities/notification.ts';

export interface NotificationFilter {
  readonly kinds?: readonly NotificationKind[] | null | undefined;
  readonly unread?: boolean | null | undefined;
}

export interface NotificationListRequest extends PageRequest {
  readonly filter?: NotificationFilter | null | undefined;
}

export interface NotificationPage extends Connection<NotificationRow> {
  readonly countTotal: () => Promise<number>;
  /** Counts all unread notifications, regardless of the filter. */
  readonly countUnread: () => Promise<number>;
}

/** A page of a customer's notifications, newest first. */
export async function listNotifications(
  em: Manager,
  customerId: string,
  request: NotificationListRequest,
): Promise<NotificationPage> {
  const matching = filtered(em, customerId, request.filter ?? {});

  const connection = await page<NotificationRow, [string, string]>(request, {
    name: 'notifications',
    position: z.tuple([timePosition, idPosition]),
    positionOf: ({ createdAt, id }) => [createdAt.toISOString(), id],
    fetch: async (limit, after) => {
      const behind = after === null ? matching : matching.where(isBehind('createdAt', 'desc', after));
      return await behind
        .select(columnsOf(Notification))
        .orderBy('createdAt', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
    },
  });
  return {
    ...connection,
    countTotal: async () => await countRows(matching),
    countUnread: async () => await countRows(filtered(em, customerId, { unread: true })),
  };
}

function filtered(em: Manager, customerId: string, { kinds, unread }: NotificationFilter) {
  return tables(em)
    .selectFrom('notifications')
    .where('customerId', '=', customerId)
    .$if(kinds != null, (query) => query.where('kind', '=', anyOf(kinds!, 'text')))
    .$if(unread === true, (query) => query.where('readAt', 'is', null))
    .$if(unread === false, (query) => query.where('readAt', 'is not', null));
}
