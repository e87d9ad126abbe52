import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { Http } from '#platform/http/http.ts';

const page = 'index.html';

/** Whether the folder has a built web console. */
export function hasConsole(folder: string): boolean {
  return existsSync(join(folder, page));
}

/**
 * Serves the web console: its page at each of the console's paths, and the files that the page loads. At an unknown path,
 * a browser that asks for a page gets it with status 404; any other client gets the usual error, as does each client that
 * requests an unknown asset.
 *
 * @param folder of the build, which has each file compressed too. The name of an asset contains a hash of its content.
 */
export function serveConsole(http: Http, folder: string): void {
  const root = resolve(folder);
  const options = {
    index: false,
    dotfiles: 'ignore',
    preCompressed: true,
    cacheControl: false,
    allowedPath: (path: string) => !/\.(?:br|gz)$/.test(path),
    decorateReply: false,
  } as const;
  void http.register(async (scope) => {
    await scope.register(fastifyStatic, {
      ...options,
      root: join(root, 'assets'),
      prefix: '/assets/',
      setHeaders: (reply) => void reply.header('cache-control', 'public, max-age=31536000, immutable'),
    });
    // A route for each file next to the page, since `/*` has another handler. The library's validators are the size and
    // the time, and both can be equal in two releases.
    await scope.register(fastifyStatic, {
      ...options,
      root,
      wildcard: false,
      globIgnore: ['assets/**', page, '*.br', '*.gz'],
      etag: false,
      lastModified: false,
      setHeaders: (reply) => void reply.header('cache-control', 'no-cache'),
    });
    for (const path of pageAddresses) {
      scope.get(path, async ({ headers }, reply) => await sendPage(root, reply, headers['if-none-match'] ?? ''));
    }
    scope.get('/*', async ({ headers }, reply) => {
      if (headers.accept?.includes('text/html') !== true) return reply.callNotFound();
      return await startPage(reply.code(404)).send(await readFile(join(root, page)));
    });
  });
}

/** @param known is the list of ETags in `If-None-Match`. A proxy that compresses makes an ETag weak. */
async function sendPage(root: string, reply: FastifyReply, known: string): Promise<FastifyReply> {
  const html = await readFile(join(root, page));
  const etag = `"${createHash('sha256').update(html).digest('base64url')}"`;
  startPage(reply).header('etag', etag);
  const tags = new Set(known.split(',').map((tag) => tag.trim().replace(/^W\//, '')));
  return tags.has(etag) || tags.has('*') ? await reply.code(304).send() : await reply.send(html);
}

function startPage(reply: FastifyReply): FastifyReply {
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-cache')
    .header('content-security-policy', contentSecurityPolicy);
}

export const pageAddresses = [
  '/',
  '/sign-in',
  '/sign-up',
  '/prove-email',
  '/undo-email-change',
  '/forgot-password',
  '/reset-password',
  '/deposit',
  '/withdraw',
  '/transfer',
  '/history',
  '/accounts/:id',
  '/orders',
  '/orders/:id',
  '/messages',
  '/settings',
  '/settings/api-clients',
  '/settings/webhooks',
  '/settings/shops',
  '/desk',
  '/desk/:page',
  '/desk/:page/:part',
  '/desk/:page/:part/:more',
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
