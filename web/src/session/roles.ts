import { type Role, roles } from '../graph/enumerations.generated.ts';

/**
 * The roles of staff in an access token. They decide what the page shows; what the server does, it decides by the token
 * itself.
 */
export function rolesIn(accessToken: string): readonly Role[] {
  const [, payload = ''] = accessToken.split('.');
  const { roles: claimed = [] } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as {
    readonly roles?: readonly string[];
  };
  return roles.filter((role) => claimed.includes(role));
}
