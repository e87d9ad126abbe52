import { scopes } from '#platform/identity/scopes.ts';
import type { Http } from '#platform/http/http.ts';

export const metadataPath = '/.well-known/oauth-authorization-server';

/**
 * Serves the metadata of the token endpoint (RFC 8414), from which OAuth libraries configure themselves.
 *
 * @param publicUrl of the router, which clients and proxies know it by.
 */
export function serveOauthMetadata(http: Http, publicUrl: string): void {
  const { origin: issuer } = new URL(publicUrl);
  const metadata = {
    issuer,
    token_endpoint: `${issuer}/oauth/token`,
    scopes_supported: scopes,
    // The endpoint has no authorization step, so there is no response type.
    response_types_supported: [],
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
  http.get(
    metadataPath,
    async (_request, reply) => await reply.header('cache-control', 'public, max-age=3600').send(metadata),
  );
}
