import { describe, expect, test } from '@jest/globals';
import { shortenSecrets } from './shorten-secrets.ts';

describe('shortenSecrets', () => {
  test('removes passwords and secrets', () => {
    const input = { password: 'correct horse', newPassword: 'battery staple', clientSecret: 'wcs_1' };

    expect(shortenSecrets({ input })).toEqual({ input: { password: '…', newPassword: '…', clientSecret: '…' } });
  });

  test('keeps only the beginning of a token, at any depth', () => {
    const answer = { data: [{ accessToken: 'eyJhbGciOiJFZERTQSJ9', refreshToken: 'ODCy7J2ZfGh2' }] };

    expect(shortenSecrets(answer)).toEqual({ data: [{ accessToken: 'eyJhbGci…', refreshToken: 'ODCy7J2Z…' }] });
    expect(shortenSecrets('Bearer eyJhbGciOiJFZERTQSJ9')).toBe('Bearer eyJhbGci…');
  });

  test('keeps everything else', () => {
    const answer = { data: { order: null, balance: { amount: '10.00' }, paid: true, quantity: 2, codes: ['A', 'B'] } };

    expect(shortenSecrets(answer)).toEqual(answer);
  });
});
