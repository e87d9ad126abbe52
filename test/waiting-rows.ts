import { connected } from '#local/connected.ts';
import type { SystemAddresses } from './shared-system.ts';

/** @returns how many outbox rows are left: 0 when every change has had all of its effects. */
export async function waitingRows({ databases }: Pick<SystemAddresses, 'databases'>): Promise<number> {
  const counts = await Promise.all(
    (['user', 'billing', 'order'] as const).map(
      async (name) =>
        await connected(databases[name], async (client) => {
          const { rows } = await client.query<{ count: number }>('select count(*)::int as count from outbox');
          return rows[0]!.count;
        }),
    ),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
