/** When a failed delivery is tried again, and when an endpoint is disabled. */

const minuteS = 60;
const hourS = 60 * minuteS;

/** The wait after each failed attempt, in seconds: three days in all. After the attempt that follows the last, the delivery is given up. */
const waitsS = [
  5,
  minuteS,
  5 * minuteS,
  30 * minuteS,
  2 * hourS,
  5 * hourS,
  10 * hourS,
  14 * hourS,
  20 * hourS,
  24 * hourS,
];

/** An endpoint that accepts nothing for this long is disabled. */
export const disabledAfterS = 72 * hourS;

/** The longest pause of an endpoint that fails. */
const longestPauseS = 5 * minuteS;

/**
 * The wait in seconds before the next attempt; null if there is none.
 *
 * @param attempts how many have failed.
 * @param random 0 to 1: waits differ by a fifth, so that the deliveries of an outage do not come back at once.
 */
export function waitAfterS(attempts: number, random = Math.random()): number | null {
  const wait = waitsS[attempts - 1];
  return wait === undefined ? null : wait * (0.8 + 0.4 * random);
}

/** How long an endpoint is left alone, in seconds, after failures without a success between them. */
export function pauseAfterS(failures: number): number {
  return failures === 0 ? 0 : Math.min(5 * 2 ** Math.min(failures - 1, 10), longestPauseS);
}
