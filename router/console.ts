import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { Http } from '#platform/http/http.ts';

const page = 'index.html';

/** Whether the folder has a built web console. */
export function hasConsole(folder: string): boolean {
  return existsSync(join(folder, page));
}

/**
 * Serves the web console: its page at each of the console's paths, and the files that the page loads. At an unknown path,
 * a browser that asks for a page gets it with status 404; any other client gets the usual error.
 *
 * @param folder of the build, which has each file compressed too. The name of an asset contains a hash of its content.
 */
export function serveConsole(http: Http, folder: string): void {
  const options = {
    index: false,
    dotfiles: 'ignore',
    preCompressed: true,
    cacheControl: false,
    allowedPath: (path: string) => !/\.(?:br|gz)$/.test(path),
  } as const;
  void http.register(async (scope) => {
    await scope.register(fastifyStatic, {
      ...options,
      root: join(folder, 'assets'),
      prefix: '/assets/',
      decorateReply: false,
      setHeaders: (reply) => void reply.header('cache-control', 'public, max-age=31536000, immutable'),
    });
    // A route for each file next to the page, since `/*` has another handler.
    await scope.register(fastifyStatic, {
      ...options,
      root: folder,
      wildcard: false,
      globIgnore: ['assets/**', page, '*.br', '*.gz'],
      setHeaders: (reply, path) => {
        void reply.header('cache-control', 'no-cache');
        if (path.startsWith(join(folder, page))) void reply.header('content-security-policy', contentSecurityPolicy);
      },
    });
    for (const path of pageAddresses) scope.get(path, (_request, reply) => reply.sendFile(page));
    scope.get('/*', (request, reply) => {
      if (request.headers.accept?.includes('text/html') !== true) return reply.callNotFound();
      return reply.code(404).sendFile(page);
    });
  });
}

export const pageAddresses = [
  '/',
  '/sign-in',
  '/sign-up',
  '/deposit',
  '/withdraw',
  '/transfer',
  '/history',
  '/accounts/:id',
  '/orders',
  '/orders/:id',
  '/messages',
  '/settings',
];

/** The page loads and calls only this server, and no other page can frame it. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');
