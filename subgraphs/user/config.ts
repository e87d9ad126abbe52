import { z } from 'zod';
import { cipherKeys } from '#platform/identity/secret-cipher.ts';
import { count, durationMs, durationS, httpUrl } from '#platform/process/settings.ts';
import { configOf } from '#subgraphs/settings.ts';

const domain = z
  .string()
  .regex(/^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){0,9}$/, 'must be a domain in lower case, such as wallet.example');

export const { settings, readConfig } = configOf('user', {
  ACCESS_TOKEN_TTL_S: durationS.default(10 * 60),
  REFRESH_TOKEN_TTL_S: durationS.default(30 * 24 * 60 * 60),
  STAFF_SESSION_TTL_S: durationS.default(8 * 60 * 60),
  STAFF_IDLE_TTL_S: durationS.default(30 * 60),
  STAFF_ACCESS_TOKEN_TTL_S: durationS.default(120),
  USER_FACTOR_KEYS: cipherKeys,
  CONFIRMATION_TTL_S: durationS.default(5 * 60),
  PASSWORD_QUEUE_LENGTH: count.default(250),
  PASSWORD_QUEUE_WAIT_MS: durationMs.default(2_000),
  PUBLIC_URL: httpUrl.default('http://localhost:4000'),
  WEBAUTHN_RP_ID: domain.optional(),
  EMAIL_VERIFICATION: z.enum(['on', 'off'], 'must be on or off').default('on'),
  EMAIL_PROOF_TTL_S: durationS.default(24 * 60 * 60),
  EMAIL_UNDO_TTL_S: durationS.default(7 * 24 * 60 * 60),
  PASSWORD_RESET_TTL_S: durationS.default(30 * 60),
  MAILS_PER_RECIPIENT: count.default(5),
  MAILS_PER_SENDER: count.default(20),
  SIGNING_KEY_MAX_AGE_S: durationS.default(30 * 24 * 60 * 60),
});
