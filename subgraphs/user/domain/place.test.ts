import { expect, test } from '@jest/globals';
import { placeOf } from './place.ts';

test.each([
  ['127.0.0.1', 'this machine'],
  ['::1', 'this machine'],
  ['::ffff:127.0.0.1', 'this machine'],
  ['0:0:0:0::/64', 'this machine'],
  ['10.1.2.3', 'a private network'],
  ['172.16.0.1', 'a private network'],
  ['172.31.255.255', 'a private network'],
  ['172.32.0.1', 'the network 172.32.0.0/24'],
  ['192.168.1.7', 'a private network'],
  ['100.64.0.1', 'a private network'],
  ['100.128.0.1', 'the network 100.128.0.0/24'],
  ['fd00:1:2:3::/64', 'a private network'],
  ['fe80::1', 'a private network'],
  ['203.0.113.9', 'the network 203.0.113.0/24'],
  ['2001:db8:0:7::/64', 'the network 2001:db8:0::/48'],
  ['2001:0DB8::7', 'the network 2001:db8:0::/48'],
  ['2001:db8:aa:bb:cc:dd:ee:ff', 'the network 2001:db8:aa::/48'],
  ['', 'an unknown network'],
  ['203.0.113', 'an unknown network'],
  ['<b>evil.example</b>', 'an unknown network'],
])('the place of %j is %s', (sender, place) => {
  expect(placeOf(sender)).toBe(place);
});
