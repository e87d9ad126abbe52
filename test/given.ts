/** What ground.ts tells the tests through their environment. */
export function given(name: 'WALLET_TEST_DATABASE_URL' | 'WALLET_TEST_PREFIX' | 'WALLET_TEST_DESK_URL'): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: tests run through \`npm test\`.`);
  return value;
}
