/** Patterns of a `User-Agent` header and the names that a customer knows. The first match counts: later ones are less exact. */
const browsers: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|OPiOS)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|Chromium|HeadlessChrome|CriOS)\//, 'Chrome'],
  [/\bVersion\/[\d.]+ .*\bSafari\//, 'Safari'],
];

const systems: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\biPhone\b/, 'an iPhone'],
  [/\biPad\b/, 'an iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** In characters: a longer header is cut before it is read. */
const longestUserAgent = 500;

/** The device of a client that does not name a browser. */
export const program = 'A program';

/** In characters: longer than every description. */
export const longestDevice = 60;

/**
 * Describes a client's device in words, such as `Firefox on Windows`. The words come from this file, never from the
 * header: they are safe to show and to send by mail.
 */
export function deviceOf(userAgent: string | undefined): string {
  const text = (userAgent ?? '').slice(0, longestUserAgent);
  const nameIn = (names: typeof browsers) => names.find(([pattern]) => pattern.test(text))?.[1];
  const browser = nameIn(browsers);
  if (browser === undefined) return program;
  const system = nameIn(systems);
  return system === undefined ? browser : `${browser} on ${system}`;
}
