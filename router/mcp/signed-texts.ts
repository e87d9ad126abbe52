import { createHash, createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { moneyShape } from '../money-shape.ts';

/** Texts that an agent carries from one call to the next. They are signed, so that no session is kept. */

/** A quote with the transfer that it is for. */
export const signedQuote = z.object({
  id: z.string(),
  expiresAt: z.string(),
  fromAccountId: z.string(),
  toAccountId: z.string(),
  amount: moneyShape,
  fee: moneyShape,
  total: moneyShape,
  received: moneyShape,
});
export type SignedQuote = z.infer<typeof signedQuote>;

const confirmation = z.object({ tool: z.string(), input: z.string(), key: z.string() });

/** An agent that lost an answer repeats the call within this time. A transfer's ends with its quote. */
const confirmationLifeMinutes = 10;
export const confirmationLifeInWords = `${confirmationLifeMinutes} minutes`;
const algorithm = 'HS256';

export interface SignedTexts {
  readonly signQuote: (clientId: string, quote: SignedQuote) => Promise<string>;
  /** Null if the text is no quote of this client, or has expired. */
  readonly readQuote: (clientId: string, text: string) => Promise<SignedQuote | null>;
  /** A text that confirms exactly this input of a tool, for `confirmationLifeInWords`. */
  readonly signConfirmation: (clientId: string, tool: string, input: object) => Promise<string>;
  /**
   * The idempotency key that belongs to a confirmation: each use of it has the same effect, which happens once. Null if it
   * does not confirm this input, or has expired.
   */
  readonly readConfirmation: (clientId: string, tool: string, input: object, text: string) => Promise<string | null>;
}

/** @param secret shared by the routers; undefined for one of this process alone. */
export function signedTexts(secret: string | undefined): SignedTexts {
  const key = createSecretKey(secret === undefined ? randomBytes(32) : createHash('sha256').update(secret).digest());
  const sign = async (audience: string, clientId: string, content: object, expiresAt: number | Date) =>
    await new SignJWT({ content })
      .setProtectedHeader({ alg: algorithm })
      .setAudience(audience)
      .setSubject(clientId)
      .setExpirationTime(expiresAt)
      .sign(key);
  const read = async <Content>(audience: string, subject: string, text: string, shape: z.ZodType<Content>) => {
    try {
      const { payload } = await jwtVerify(text, key, {
        algorithms: [algorithm],
        audience,
        subject,
        requiredClaims: ['exp'],
      });
      return shape.parse(payload['content']);
    } catch {
      return null;
    }
  };
  return {
    signQuote: async (clientId, content) => await sign('quote', clientId, content, new Date(content.expiresAt)),
    readQuote: async (clientId, text) => await read('quote', clientId, text, signedQuote),
    signConfirmation: async (clientId, tool, input) => {
      const content = { tool, input: digestOf(input), key: randomUUID() };
      return await sign('confirmation', clientId, content, new Date(Date.now() + confirmationLifeMinutes * 60_000));
    },
    readConfirmation: async (clientId, tool, input, text) => {
      const found = await read('confirmation', clientId, text, confirmation);
      return found !== null && found.tool === tool && found.input === digestOf(input) ? found.key : null;
    },
  };
}

/** Equal for equal inputs, whatever the order of their members. */
function digestOf(input: object): string {
  return createHash('sha256').update(JSON.stringify(input, sorted)).digest('base64url');
}

function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
