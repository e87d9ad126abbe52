import { describe, expect, test } from '@jest/globals';
import { databaseUrls, settingsOf } from '#local/credentials.ts';
import { connectionKeys, connectionsOf, generatePasswords } from './connections.ts';

describe('connectionsOf', () => {
  const passwords = generatePasswords();
  const connections = connectionsOf(passwords);

  test('has just the keys that are promised', () => {
    expect(Object.keys(connections)).toEqual([...connectionKeys]);
  });

  test('gives each process the address that the migration makes for it as the administrator', () => {
    const made = settingsOf(databaseUrls(connections.DATABASE_URL));
    const given = Object.entries(connections).filter(([key]) => key.endsWith('_DATABASE_URL'));

    expect(given).toHaveLength(11);
    for (const [key, url] of given) expect(url).toBe(made[key]);
  });

  test("lets nobody's address tell the administrator's password", () => {
    for (const key of connectionKeys.filter((key) => key !== 'DATABASE_URL' && key !== 'POSTGRES_PASSWORD')) {
      expect(connections[key]).not.toContain(passwords.postgres);
    }
  });

  test('is another one for each installation', () => {
    expect(generatePasswords()).not.toEqual(passwords);
    expect(passwords.postgres).toMatch(/^[0-9a-f]{48}$/);
    expect(passwords.redis).not.toBe(passwords.postgres);
  });
});
