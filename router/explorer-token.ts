/**
 * Runs in the explorer's page, as it stands here: sends the access token that the last answer carried (that of register,
 * login, refreshToken or changePassword) with every request whose headers name none. It lives as long as the page.
 */
export function carryAccessToken(): void {
  const send = globalThis.fetch;
  let accessToken: string | null = null;

  globalThis.fetch = async (resource, options) => {
    const headers = new Headers(options?.headers);
    if (accessToken !== null && !headers.has('authorization')) headers.set('authorization', `Bearer ${accessToken}`);
    const response = await send(resource, { ...options, headers });
    if (response.headers.get('content-type')?.includes('json') === true) {
      const answer: { data?: Record<string, { accessToken?: string | null } | null> | null } = await response
        .clone()
        .json();
      const tokens = Object.values(answer.data ?? {}).map((payload) => payload?.accessToken);
      accessToken = tokens.find((token) => typeof token === 'string') ?? accessToken;
    }
    return response;
  };
}
