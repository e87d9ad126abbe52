import { expect, test } from '@jest/globals';
import { formatPasswordHash, parsePasswordHash } from './password-hash.ts';

const hash = {
  cost: { memoryKib: 19_456, passes: 2, lanes: 1 },
  salt: Buffer.from('0123456789abcdef'),
  hash: Buffer.alloc(32, 255),
};

test('writes the PHC string format', () => {
  expect(formatPasswordHash(hash)).toBe(
    '$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$//////////////////////////////////////////8',
  );
});

test('reads what it writes', () => {
  expect(parsePasswordHash(formatPasswordHash(hash))).toEqual(hash);
});

test.each(['', 'plain text', '$2b$10$abc', '$argon2id$v=19$m=19456,t=2,p=1$$', '$argon2i$v=19$m=8,t=1,p=1$YQ$YQ'])(
  'does not take %j for a hash',
  (text) => {
    expect(() => parsePasswordHash(text)).toThrow('malformed');
  },
);
