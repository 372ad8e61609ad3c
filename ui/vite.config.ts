import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

// `--mode demo` builds the page with made-up sites instead of the real window, for screenshots.
export default defineConfig(({ mode }) => {
  const demo = mode === 'demo';
  return {
    base: './',
    plugins: [svelte(), svelteTesting()],
    // The error texts are shared with the terminal and live beside the Rust code.
    server: { port: 5173, strictPort: true, fs: { allow: ['..'] } },
    build: {
      target: 'safari16.4',
      outDir: demo ? 'dist-demo' : 'dist',
      emptyOutDir: true,
      // The window's policy allows neither inline scripts nor data: addresses.
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: { input: demo ? 'demo.html' : 'index.html' },
    },
    test: {
      environment: 'happy-dom',
      include: ['tests/**/*.test.ts'],
      setupFiles: ['tests/setup.ts'],
      // All files share the modules of their thread: to read them again for each takes longer than the tests. What a
      // test leaves in the page is taken away by tests/setup.ts.
      isolate: false,
      // A busy machine takes its time; a test that hangs fails all the same.
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  };
});
