import { expect, test } from '@jest/globals';
import { longestWaitS, waitOf } from './prefer.ts';

test.each([
  [undefined, 0],
  ['', 0],
  ['wait=5', 5],
  ['WAIT = "5"', 5],
  ['respond-async, wait=5', 5],
  ['wait=5; foo=bar', 5],
  ['wait=5, wait=9', 5],
  ['wait=0', 0],
  ['wait=999999999', longestWaitS],
  ['wait=99999999999', longestWaitS],
  ['wait=-1', 0],
  ['wait=1.5', 0],
  ['wait', 0],
  ['await=5', 0],
  ['handling="wait=5"', 0],
  ['handling="strict, wait=5"', 0],
  [String.raw`handling="a\", wait=5"`, 0],
  [String.raw`handling="a\"b, c", wait=5`, 5],
  ['handling="strict, wait=5', 0],
  ['wait="5', 0],
  ['wait=5"', 0],
])('the preference %j waits %i seconds', (header, seconds) => {
  expect(waitOf(header)).toBe(seconds);
});
