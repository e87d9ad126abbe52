import { describe, expect, test } from '@jest/globals';
import { senderOf } from './address.ts';

describe('the sender', () => {
  const sender = (forwarded: string | undefined, address: string, proxies: number) =>
    senderOf({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress: address } } as never, proxies);

  test.each([
    ['192.0.2.1', undefined, '192.0.2.1', 0],
    ['192.0.2.1', '198.51.100.1', '192.0.2.1', 0],
    ['198.51.100.1', '203.0.113.1, 198.51.100.1', '192.0.2.1', 1],
    ['203.0.113.1', '203.0.113.1, 198.51.100.1', '192.0.2.1', 2],
    ['203.0.113.1', '203.0.113.1', '192.0.2.1', 5],
    ['192.0.2.1', undefined, '::ffff:192.0.2.1', 0],
    ['2001:db8:0:0::/64', undefined, '2001:db8::1', 0],
    ['2001:db8:1:2::/64', undefined, '2001:db8:1:2:3:4:5:6', 0],
    ['0:0:0:0::/64', undefined, '::1', 0],
  ])('is %s where %s came from %s over %i proxies', (expected, forwarded, address, proxies) => {
    expect(sender(forwarded, address, proxies)).toBe(expected);
  });
});
