import { audit } from '../audit.ts';
import { newLoad } from '../load.ts';
import { type Row, verdict } from '../row.ts';

const attempts = 64;
const covered = 33;

export const overdraft: Row = {
  name: 'overdraft',
  promise: 'No overdraft',
  how: () => `${attempts} concurrent withdrawals of 3.00 from a balance of 100.00, which covers ${covered}`,
  run: async (stage) => {
    const [customer] = (await newLoad(stage, 1, '0.01')).customers;
    await customer!.withdraw('0.01');
    const results = await Promise.allSettled(Array.from({ length: attempts }, () => customer!.withdraw('3.00')));
    const succeeded = results.filter(({ status }) => status === 'fulfilled').length;
    const refused = results.filter(
      (result) => result.status === 'rejected' && String(result.reason).includes('INSUFFICIENT_FUNDS'),
    ).length;
    const balance = await customer!.balance();
    const { findings } = await audit(stage);
    return verdict(
      { findings: findings.length },
      [`${succeeded} succeeded`, `${refused} refused`, `${balance} left`],
      succeeded === covered && refused === attempts - covered && balance === '1.00',
    );
  },
};
