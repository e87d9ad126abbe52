import optimizeLocales from '@react-aria/optimize-locales-plugin';
import { defineConfig } from 'vite';

/** The router that `npm run web:dev` forwards requests to. */
const router = 'http://127.0.0.1:4000';

export default defineConfig({
  root: import.meta.dirname,
  // The console is in English, so the component library needs no other language.
  plugins: [{ ...optimizeLocales.vite({ locales: ['en-US'] }), enforce: 'pre' }],
  build: {
    emptyOutDir: true,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
  },
  server: { proxy: Object.fromEntries(['/graphql', '/session', '/statements'].map((path) => [path, router])) },
});
