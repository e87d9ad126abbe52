/**
 * The windows in which attempts are counted, in seconds. A client that made too many may try again when the window is over,
 * or earlier.
 */
export const attemptWindowsS = {
  /** Wrong passwords and codes of a user. */
  identity: 15 * 60,
  /** Messages to typed addresses. */
  mails: 60 * 60,
  /** Account numbers that do not exist. */
  unknownReceivers: 60 * 60,
} as const;
