import { z } from 'zod';

/** In characters: several times the longest response of a browser without an attestation certificate. */
const longestResponse = 8_192;

const bytes = z.string().regex(/^[\w-]{1,8192}$/);
/** The longest credential id has 1,023 bytes (WebAuthn, section 4). */
const credentialId = z.string().regex(/^[\w-]{1,1364}$/);

const common = {
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).default({}),
};

const registration = z.object({
  ...common,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(10)
      .default([]),
  }),
});

interface Signed {
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
  readonly userHandle?: string;
}

const assertion = z.object({
  ...common,
  response: z
    .object({
      clientDataJSON: bytes,
      authenticatorData: bytes,
      signature: bytes,
      userHandle: z.string().max(100).nullish(),
    })
    // A device that stores no user id returns null or nothing.
    .transform(({ userHandle, ...signed }): Signed => (userHandle == null ? signed : { ...signed, userHandle })),
});

/** What a browser returns for a new passkey. */
export type RegistrationResponse = z.infer<typeof registration>;
/** What a browser returns for a use of a passkey. */
export type AssertionResponse = z.infer<typeof assertion>;

/** Reads the JSON of a browser's response; null where it is not one. */
export const readRegistration = (text: string) => read(text, registration);
export const readAssertion = (text: string) => read(text, assertion);

function read<Response>(text: string, schema: z.ZodType<Response>): Response | null {
  if (text.length > longestResponse) return null;
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

const clientData = z.object({ challenge: bytes });

/** The challenge that a response is for; null where the response has none. */
export function challengeOf({ response }: RegistrationResponse | AssertionResponse): string | null {
  try {
    const json: unknown = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString('utf8'));
    return clientData.safeParse(json).data?.challenge ?? null;
  } catch {
    return null;
  }
}
