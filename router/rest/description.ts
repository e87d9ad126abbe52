import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Http } from '#platform/http/http.ts';
import { compressOnce } from '../compress-once.ts';
import { varyWith } from './responses.ts';
import { apiPath } from './route.ts';

/** `npm run interfaces` writes it from the table of routes. */
const documentFile = new URL('openapi.json', import.meta.url);
const documentPath = `${apiPath}/openapi.json`;

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Wallet and orders: REST API</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/api/page.css" />
  </head>
  <body>
    <div id="api"></div>
    <noscript>This page needs JavaScript. The description is at <a href="${documentPath}">${documentPath}</a>.</noscript>
    <script src="/api/page.js"></script>
    <script src="/api/start.js"></script>
  </body>
</html>
`;

/** The page sends requests to this server only, and no address to a validator. */
const start = `SwaggerUIBundle({
  url: '${documentPath}',
  dom_id: '#api',
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
  tryItOutEnabled: true,
});
`;

/** Swagger UI sets styles on elements, and has pictures as data. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/**
 * Serves the OpenAPI document at `/api/v1/openapi.json`, and a page that shows it at `/api`. Both work offline.
 *
 * @param hasPage whether to serve the page.
 */
export function serveDescription(http: Http, hasPage: boolean): void {
  serveText(http, documentPath, 'application/json', readFileSync(documentFile, 'utf8'));
  if (!hasPage) return;
  const { resolve } = createRequire(import.meta.url);
  const library = (name: string) => readFileSync(resolve(`swagger-ui-dist/${name}`), 'utf8');
  serveText(http, '/api', 'text/html', page);
  serveText(http, '/api/page.css', 'text/css', library('swagger-ui.css'));
  serveText(http, '/api/page.js', 'text/javascript', library('swagger-ui-bundle.js'));
  serveText(http, '/api/start.js', 'text/javascript', start);
}

function serveText(http: Http, url: string, type: string, text: string): void {
  const compressed = compressOnce(text);
  http.route({
    method: ['GET', 'HEAD'],
    url,
    handler: async ({ headers }, reply) => {
      void reply.headers({
        'content-type': `${type}; charset=utf-8`,
        'cache-control': 'no-cache',
        vary: varyWith(reply, 'accept-encoding'),
      });
      if (type === 'text/html') void reply.header('content-security-policy', contentSecurityPolicy);
      const chosen = compressed(headers);
      if (chosen === null) return await reply.send(text);
      return await reply.header('content-encoding', chosen.encoding).send(await chosen.body);
    },
  });
}
