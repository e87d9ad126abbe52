import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { verifierUrls } from '#local/credentials.ts';
import { findDatabases } from './databases.ts';

const given = {
  VERIFY_USER_DATABASE_URL: 'postgresql://reader:secret@db/user',
  VERIFY_BILLING_DATABASE_URL: 'postgresql://reader:secret@db/billing',
  VERIFY_ORDER_DATABASE_URL: 'postgresql://reader:secret@db/order',
  VERIFY_NOTIFICATION_DATABASE_URL: 'postgresql://reader:secret@db/notification',
};

const ofSubgraphs = Object.fromEntries(
  ['USER', 'BILLING', 'ORDER', 'NOTIFICATION', 'JOBS'].map((owner) => [
    `${owner}_DATABASE_URL`,
    'postgresql://owner:secret@db/any',
  ]),
);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wallet-and-orders-verify-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('verify reads', () => {
  test('the databases of its own settings first', () => {
    const urls = findDatabases({
      ...given,
      ...ofSubgraphs,
      DATABASE_URL: 'postgresql://postgres:password@db/postgres',
    });

    expect(urls.order).toBe(given.VERIFY_ORDER_DATABASE_URL);
  });

  test('all databases or none', () => {
    expect(() => findDatabases({ ...given, VERIFY_ORDER_DATABASE_URL: '' })).toThrow(
      'VERIFY_ORDER_DATABASE_URL is not set',
    );
  });

  test('no database with the role of a subgraph, which could write', () => {
    expect(() => findDatabases(ofSubgraphs)).toThrow('VERIFY_BILLING_DATABASE_URL is not set');
  });

  test('the databases on the server of DATABASE_URL, with its own role', () => {
    const adminUrl = 'postgresql://postgres:password@db:5432/postgres';

    const urls = findDatabases({ DATABASE_URL: adminUrl });

    expect(urls).toEqual(verifierUrls(adminUrl));
    expect(urls.billing).toMatch(/^postgresql:\/\/wallet_verify:[0-9a-f]{64}@db:5432\/wallet_billing$/);
  });

  test('the databases that npm start created', () => {
    mkdirSync(join(folder, 'postgres'));
    writeFileSync(join(folder, 'postgres', 'password'), 'password');

    const urls = findDatabases({ DATA_FOLDER: folder, POSTGRES_PORT: '5499' });

    expect(urls).toEqual(verifierUrls('postgresql://postgres:password@127.0.0.1:5499/postgres'));
  });

  test('nothing if nothing was started, and reports that', () => {
    expect(() => findDatabases({ DATA_FOLDER: folder })).toThrow('There is nothing to verify');
  });
});
