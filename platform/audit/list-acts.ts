import { z } from 'zod';
import { type Connection, page, type PageRequest } from '../graphql/paging.ts';
import { columnsOf, type Manager, propertyNames, type TableOf } from '../postgres/database.ts';
import { anyOf } from '../postgres/expressions.ts';
import { isId } from '../validation/ids.ts';
import { checkPeriod } from '../validation/ranges.ts';
import type { StaffActKind } from './acts.ts';
import { StaffAct, type StaffActRow } from './staff-act.ts';

/** Conditions for entries of the audit log: all that are given must hold. */
export interface AuditFilter {
  readonly actorId?: string | null | undefined;
  readonly customerId?: string | null | undefined;
  readonly acts?: readonly StaffActKind[] | null | undefined;
  readonly createdAfter?: Date | null | undefined;
  readonly createdBefore?: Date | null | undefined;
}

export interface AuditRequest extends PageRequest {
  readonly filter?: AuditFilter | null | undefined;
}

const tables = (em: Manager) => em.getKysely<{ staff_acts: TableOf<typeof StaffAct> }>().withPlugin(propertyNames);

/**
 * A page of the audit log of a subgraph, newest first.
 *
 * @throws BAD_USER_INPUT where a bound of the filter is above the other.
 */
export async function listActs(em: Manager, request: AuditRequest): Promise<Connection<StaffActRow>> {
  const { createdAfter = null, createdBefore = null } = request.filter ?? {};
  checkPeriod([['filter', 'createdAfter'], createdAfter], [['filter', 'createdBefore'], createdBefore]);
  return await pageOf(em, 'audit log', request, request.filter ?? {});
}

/** A page of what staff did for a customer or looked at, newest first. */
export async function listActsOn(
  em: Manager,
  customerId: string,
  request: PageRequest,
): Promise<Connection<StaffActRow>> {
  return await pageOf(em, 'acts of staff', request, { customerId });
}

async function pageOf(em: Manager, name: string, request: PageRequest, filter: AuditFilter) {
  return await page<StaffActRow, [string]>(request, {
    name,
    position: z.tuple([z.string().regex(/^\d{1,18}$/)]),
    positionOf: ({ sequence }) => [sequence.toString()],
    fetch: async (limit, after) =>
      await filtered(em, filter)
        .$if(after !== null, (query) => query.where('sequence', '<', BigInt(after![0])))
        .select(columnsOf(StaffAct))
        .orderBy('sequence', 'desc')
        .limit(limit)
        .execute(),
  });
}

function filtered(em: Manager, { actorId, customerId, acts, createdAfter, createdBefore }: AuditFilter) {
  return tables(em)
    .selectFrom('staff_acts')
    .$if(actorId != null, (query) => query.where('actorId', '=', anyOf([actorId!].filter(isId), 'uuid')))
    .$if(customerId != null, (query) => query.where('customerId', '=', anyOf([customerId!].filter(isId), 'uuid')))
    .$if(acts != null, (query) => query.where('act', '=', anyOf(acts!, 'text')))
    .$if(createdAfter != null, (query) => query.where('createdAt', '>=', createdAfter!))
    .$if(createdBefore != null, (query) => query.where('createdAt', '<=', createdBefore!));
}
