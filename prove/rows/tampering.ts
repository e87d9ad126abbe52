import { findingText } from '#verify/finding.ts';
import { verify } from '#verify/verify.ts';
import { audit } from '../audit.ts';
import { newLoad } from '../load.ts';
import { type Row, verdict } from '../row.ts';

/** Each changes one byte of one entry, and back when done again. */
const bytes = {
  amount: 'amount_minor = amount_minor # 1',
  'balance after': 'balance_after_minor = balance_after_minor # 1',
  hash: 'hash = set_byte(hash, 7, get_byte(hash, 7) # 1)',
  time: `created_at = created_at + case when date_part('milliseconds', created_at)::int % 2 = 0 then 1 else -1 end * interval '1 millisecond'`,
};

export const tampering: Row = {
  name: 'tampering',
  promise: 'The ledger is tamper-evident',
  how: () => `the superuser flips a byte of one entry, past the triggers: ${Object.keys(bytes).join(', ')}`,
  run: async (stage) => {
    const [customer] = (await newLoad(stage, 1, '9.00')).customers;
    const { id: accountId } = await customer!.account('USD');
    const clean = await audit(stage);
    let named = 0;
    for (const flip of Object.values(bytes)) {
      const change = async () =>
        await stage.ask(
          'billing',
          `do $$ begin
             set local session_replication_role = replica;
             update entries set ${flip} where account_id = '${accountId}' and sequence = 2;
           end $$`,
        );
      await change();
      const found: string[] = [];
      await verify({
        urls: stage.verifier,
        graceS: 60,
        outboxMaxAgeS: 60,
        tell: (one) => void found.push(findingText(one)),
      });
      if (found.some((text) => text.includes('billing.entries') && text.includes(accountId))) named += 1;
      await change();
    }
    const after = await audit(stage);
    return verdict(
      { 'findings before': clean.findings.length, 'findings after it is put right': after.findings.length },
      [`${named} of ${Object.keys(bytes).length} named by verify`],
      named === Object.keys(bytes).length,
    );
  },
};
