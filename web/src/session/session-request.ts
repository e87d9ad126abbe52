import { faultOf, send } from '../graph/connection.ts';

interface Request {
  readonly body?: object;
  readonly authorization?: string | null;
  /** How long to wait for the answer; undefined as long as for any other request. */
  readonly withinMs?: number;
}

/**
 * Sends a request of the session, with the cookie.
 *
 * @throws ConnectionLost, or ServerFault where the server refuses the request.
 */
export async function request(
  method: string,
  path: string,
  { body, authorization, withinMs }: Request = {},
): Promise<Response> {
  const init: RequestInit = {
    method,
    // The browser must keep the cookie of the answer even if the page is left meanwhile.
    keepalive: true,
    headers: {
      'x-console': '1',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(authorization == null ? {} : { authorization: `Bearer ${authorization}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  const response = await send(path, init, withinMs);
  if (!response.ok) throw await faultOf(response);
  return response;
}
