import { afterAll, expect } from '@jest/globals';
import { openTestLedger, type TestLedger } from './ledger.ts';

/**
 * Opens a ledger for the tests of a file. After them, the ledger must have kept all its rules.
 *
 * @returns the ledger, for the top level of the file.
 */
export async function useTestLedger(): Promise<TestLedger> {
  const ledger = await openTestLedger();
  afterAll(async () => {
    expect(await ledger.faults()).toEqual([]);
    await ledger.close();
  });
  return ledger;
}
