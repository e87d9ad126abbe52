import type { Refusals } from './session/session.ts';

/** A browser makes passkeys for the name of a site: on https, or on this machine as `localhost`. */
export const hasPasskeys = (): boolean =>
  globalThis.isSecureContext && 'PublicKeyCredential' in globalThis && !/^[\d.]+$|^\[/.test(location.hostname);

/** @returns the response for the server as JSON; null where the person or the browser stopped it. */
export async function makePasskey(options: string): Promise<string | null> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  return await orNull(async () => await startRegistration({ optionsJSON: JSON.parse(options) }));
}

/** @returns the response for the server as JSON; null where the person or the browser stopped it. */
export async function usePasskey(options: string): Promise<string | null> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  return await orNull(async () => await startAuthentication({ optionsJSON: JSON.parse(options) }));
}

async function orNull(work: () => Promise<object>): Promise<string | null> {
  try {
    return JSON.stringify(await work());
  } catch {
    return null;
  }
}

export const noPasskey: Refusals = [
  { code: 'INVALID_PASSKEY', message: 'Your device gave no passkey. Try again.', field: null },
];

/** No form has a field for the response of a passkey. */
export const withoutField = (refusals: Refusals): Refusals => refusals.map((refusal) => ({ ...refusal, field: null }));
