import type { Finding } from '#verify/finding.ts';
import { verify } from '#verify/verify.ts';
import { audit } from '../audit.ts';
import { newLoad } from '../load.ts';
import { type Row, verdict } from '../row.ts';
import type { Stage } from '../stage.ts';

interface Flip {
  readonly database: 'billing' | 'notification';
  /** A statement that changes a row, and restores it when executed again. */
  readonly change: (ids: Ids) => string;
  /** The table and the id of the expected finding. */
  readonly expectedFinding: (ids: Ids) => readonly [table: string, id: string];
}

interface Ids {
  readonly customerId: string;
  readonly accountId: string;
}

const flipEntry = (set: string): Flip => ({
  database: 'billing',
  change: ({ accountId }) => `update entries set ${set} where account_id = '${accountId}' and sequence = 2`,
  expectedFinding: ({ accountId }) => ['billing.entries', accountId],
});

const flips: Readonly<Record<string, Flip>> = {
  amount: flipEntry('amount_minor = amount_minor # 1'),
  'balance after': flipEntry('balance_after_minor = balance_after_minor # 1'),
  hash: flipEntry('hash = set_byte(hash, 7, get_byte(hash, 7) # 1)'),
  time: flipEntry(
    `created_at = created_at + case when date_part('milliseconds', created_at)::int % 2 = 0 then 1 else -1 end * interval '1 millisecond'`,
  ),
  'account number': {
    database: 'billing',
    change: ({ accountId }) =>
      `update accounts set number = translate(number, '0123456789', '1032547698') where id = '${accountId}'`,
    expectedFinding: ({ accountId }) => ['billing.accounts', accountId],
  },
  'idempotency key': {
    database: 'billing',
    change: ({ customerId }) =>
      `update idempotency set key = translate(key, '0123456789', '1032547698') where customer_id = '${customerId}'`,
    expectedFinding: ({ customerId }) => ['billing.idempotency', customerId],
  },
  'email of a contact': {
    database: 'notification',
    change: ({ customerId }) =>
      `update contacts set email = translate(email, 'eo', 'oe') where user_id = '${customerId}'`,
    expectedFinding: ({ customerId }) => ['notification.contacts', customerId],
  },
};

export const tampering: Row = {
  name: 'tampering',
  promise: 'The ledger is tamper-evident',
  how: () => `the superuser changes one value and bypasses the triggers: ${Object.keys(flips).join(', ')}`,
  run: async (stage) => {
    const [customer] = (await newLoad(stage, 1, '9.00')).customers;
    const ids = { customerId: customer!.id, accountId: (await customer!.account('USD')).id };
    const clean = await audit(stage);
    let expectedFinding = 0;
    for (const { database, change, expectedFinding: expected } of Object.values(flips)) {
      const flip = async () =>
        await stage.query(database, `do $$ begin set local session_replication_role = replica; ${change(ids)}; end $$`);
      await flip();
      const [table, id] = expected(ids);
      if ((await findingsOf(stage)).some((one) => one.table === table && one.id.includes(id))) expectedFinding += 1;
      await flip();
    }
    const after = await audit(stage);
    return verdict(
      { 'findings before': clean.findings.length, 'findings after it is restored': after.findings.length },
      [`${expectedFinding} of ${Object.keys(flips).length} named by verify`],
      expectedFinding === Object.keys(flips).length,
    );
  },
};

async function findingsOf(stage: Stage): Promise<Finding[]> {
  const found: Finding[] = [];
  await verify({ urls: stage.verifier, graceS: 0, outboxMaxAgeS: 60, onFinding: (one) => void found.push(one) });
  return found;
}
