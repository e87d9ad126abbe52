import { SettingsFault } from '#platform/process/settings.ts';

/** The site for which passkeys are made. A browser uses a passkey at this site only. */
export interface RelyingParty {
  /** The host name of the console, or a parent domain of it. */
  readonly id: string;
  /** The origin of the console: a response from another page is refused. */
  readonly origin: string;
}

interface SiteSettings {
  readonly PUBLIC_URL: string;
  readonly WEBAUTHN_RP_ID?: string | undefined;
}

/**
 * The site of the settings. Browsers have passkeys for names only, so the local machine is `localhost`.
 *
 * @throws SettingsFault where WEBAUTHN_RP_ID is no domain of PUBLIC_URL.
 */
export function relyingParty({ PUBLIC_URL, WEBAUTHN_RP_ID }: SiteSettings): RelyingParty {
  const url = new URL(PUBLIC_URL);
  if (/^(?:127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)) url.hostname = 'localhost';
  const { hostname, origin } = url;
  const id = WEBAUTHN_RP_ID ?? hostname;
  if (hostname !== id && !hostname.endsWith(`.${id}`)) {
    throw new SettingsFault(['WEBAUTHN_RP_ID must be the host name of PUBLIC_URL, or a parent domain of it.']);
  }
  return { id, origin };
}
