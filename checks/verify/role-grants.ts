import { compare, type Finding } from './finding.ts';
import { joinByKey } from './ordered-rows.ts';
import type { Report } from './report.ts';
import { orNull, rowParser, text, time } from './row-parser.ts';
import type { Snapshot } from './snapshot.ts';

interface Grant {
  readonly id: string;
  readonly userId: string;
  readonly role: string;
  readonly grantedBy: string | null;
  readonly grantedAt: Date;
  readonly reason: string;
  readonly revokedAt: Date | null;
  readonly revokedBy: string | null;
}

interface Act {
  readonly id: string;
  readonly act: string;
  readonly actorId: string | null;
  readonly customerId: string | null;
  readonly valuesAfter: string | null;
  readonly reason: string;
}

const parseGrant = rowParser<Grant>('user.role_grants', {
  id: text,
  userId: text,
  role: text,
  grantedBy: orNull(text),
  grantedAt: time,
  reason: text,
  revokedAt: orNull(time),
  revokedBy: orNull(text),
});
const parseAct = rowParser<Act>('user.staff_acts', {
  id: text,
  act: text,
  actorId: orNull(text),
  customerId: orNull(text),
  valuesAfter: orNull(text),
  reason: text,
});

/** Compares the roles of staff with the audit log, which names each grant and each revocation. */
export async function verifyRoleGrants(user: Snapshot, report: Report): Promise<void> {
  const grants = await user.stream(
    parseGrant,
    `select id, user_id as "userId", role, granted_by as "grantedBy", granted_at as "grantedAt", reason,
       revoked_at as "revokedAt", revoked_by as "revokedBy"
     from role_grants order by id`,
  );
  const acts = await user.stream(
    parseAct,
    `select substr(subject, 12) as id, act, actor_id as "actorId", customer_id as "customerId",
       values_after as "valuesAfter", reason
     from staff_acts where act in ('GRANTED_ROLE', 'REVOKED_ROLE') and subject like 'role-grant:%'
     order by subject, sequence`,
  );
  const keyOf = ({ id }: { readonly id: string }) => id;
  const joined = joinByKey<{ grants: Grant; acts: Act }>({
    grants: { rows: grants, keyOf },
    acts: { rows: acts, keyOf },
  });
  for await (const { key, group } of joined) {
    report.checked('user.role_grants', group.grants.length);
    report.found(checkGrant(key, group.grants[0], group.acts));
  }
}

function checkGrant(id: string, grant: Grant | undefined, acts: readonly Act[]): Finding[] {
  const granted = acts.find(({ act }) => act === 'GRANTED_ROLE');
  const revoked = acts.find(({ act }) => act === 'REVOKED_ROLE');
  const { role, grantedAt } = valuesOf(granted);
  const { revokedAt } = valuesOf(revoked);
  return compare('user.role_grants', id, {
    userId: [granted?.customerId ?? null, grant?.userId ?? null],
    role: [role, grant?.role ?? null],
    grantedBy: [granted?.actorId ?? null, grant?.grantedBy ?? null],
    grantedAt: [grantedAt, grant?.grantedAt.toISOString() ?? null],
    reason: [granted?.reason ?? null, grant?.reason ?? null],
    revokedAt: [revokedAt, grant?.revokedAt?.toISOString() ?? null],
    revokedBy: [revoked?.actorId ?? null, grant?.revokedBy ?? null],
  });
}

/** The values that an entry of the audit log says a grant has; null for those that it does not name. */
function valuesOf(act: Act | undefined): Readonly<Record<'role' | 'grantedAt' | 'revokedAt', string | null>> {
  const values = parsed(act?.valuesAfter ?? '{}');
  const textOf = (name: string) => (typeof values[name] === 'string' ? values[name] : null);
  return { role: textOf('role'), grantedAt: textOf('grantedAt'), revokedAt: textOf('revokedAt') };
}

/** The text of a tampered entry may be no JSON. */
function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
