import { expect, test } from '@jest/globals';
import { deviceOf, longestDevice } from './device.ts';

const webKit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test.each([
  ['Firefox on Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  ['Chrome on Linux', `Mozilla/5.0 (X11; Linux x86_64) ${webKit} Chrome/140.0.0.0 Safari/537.36`],
  ['Chrome on Linux', `Mozilla/5.0 (X11; Linux x86_64) ${webKit} HeadlessChrome/140.0.0.0 Safari/537.36`],
  ['Edge on Windows', `Mozilla/5.0 (Windows NT 10.0) ${webKit} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`],
  ['Opera on macOS', `Mozilla/5.0 (Macintosh; Intel Mac OS X) ${webKit} Chrome/140.0 Safari/537.36 OPR/120.0`],
  ['Chrome on Android', `Mozilla/5.0 (Linux; Android 15; Pixel 9) ${webKit} Chrome/140.0 Mobile Safari/537.36`],
  ['Safari on an iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/1 Safari/604.1'],
  ['Safari on macOS', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18.0 Safari/605.1.15'],
  ['A program', 'curl/8.10.1'],
  ['A program', 'node'],
  ['A program', undefined],
  ['A program', ''],
  ['A program', '<script>alert(1)</script> http://evil.example'],
])('the device is %s for %j', (device, userAgent) => {
  expect(deviceOf(userAgent)).toBe(device);
});

test('a device never contains words of the header and has a bounded length', () => {
  const device = deviceOf(`Firefox/1 Windows ${'evil.example '.repeat(1_000)}`);
  expect(device).toBe('Firefox on Windows');
  expect(device.length).toBeLessThanOrEqual(longestDevice);
});
