import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('../src/web/', import.meta.url));

/** Two pages: the control page (`/`) and the simulated LED screen (`/screen`). Everything they need is bundled. */
// eslint-disable-next-line no-restricted-exports -- Vite reads the default export of its configuration file.
export default defineConfig({
  root,
  base: '/',
  build: {
    outDir: fileURLToPath(new URL('../dist/web/', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: {
      input: { index: `${root}index.html`, screen: `${root}screen.html` },
    },
  },
});
