/** @returns a setting of the shared resources, which the global set-up passes to the tests in the environment. */
export function testSetting(
  name: 'WALLET_TEST_DATABASE_URL' | 'WALLET_TEST_PREFIX' | 'WALLET_TEST_SHARED_URL',
): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: tests run through \`npm test\`.`);
  return value;
}
