import { describe, expect, test } from '@jest/globals';
import { databaseUrls } from '#local/provision.ts';
import { connectionKeys, connectionsOf, generatePasswords } from './connections.ts';

describe('connectionsOf', () => {
  const passwords = generatePasswords();
  const connections = connectionsOf(passwords);

  test('has just the keys that are promised', () => {
    expect(Object.keys(connections)).toEqual([...connectionKeys]);
  });

  test('gives each subgraph the address that the migration makes for it as the administrator', () => {
    const made = databaseUrls(connections.DATABASE_URL);

    expect(connections.USER_DATABASE_URL).toBe(made.user);
    expect(connections.BILLING_DATABASE_URL).toBe(made.billing);
    expect(connections.ORDER_DATABASE_URL).toBe(made.order);
    expect(connections.NOTIFICATION_DATABASE_URL).toBe(made.notification);
  });

  test("lets nobody's address tell the administrator's password", () => {
    for (const key of ['USER_DATABASE_URL', 'BILLING_DATABASE_URL', 'ORDER_DATABASE_URL', 'REDIS_URL'] as const) {
      expect(connections[key]).not.toContain(passwords.postgres);
    }
  });

  test('is another one for each installation', () => {
    expect(generatePasswords()).not.toEqual(passwords);
    expect(passwords.postgres).toMatch(/^[0-9a-f]{48}$/);
    expect(passwords.redis).not.toBe(passwords.postgres);
  });
});
