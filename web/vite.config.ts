import optimizeLocales from '@react-aria/optimize-locales-plugin';
import { defineConfig } from 'vite';

/** Where `npm run web:dev` finds a running router. */
const router = 'http://127.0.0.1:4000';

export default defineConfig({
  root: import.meta.dirname,
  // The console's own words are English, so the component library needs no others.
  plugins: [{ ...optimizeLocales.vite({ locales: ['en-US'] }), enforce: 'pre' }],
  build: {
    emptyOutDir: true,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
  },
  server: { proxy: Object.fromEntries(['/graphql', '/session', '/statements'].map((path) => [path, router])) },
});
