/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vite";

const page = (name: string) => fileURLToPath(new URL(`ui/${name}.html`, import.meta.url));

export default defineConfig({
  root: "ui",
  // The pages are served from the app's own scheme, so nothing is looked up outside their folder.
  base: "./",
  cacheDir: "../node_modules/.vite",
  plugins: [svelte(), svelteTesting()],
  // The catalogues of words are beside the page's folder.
  server: { port: 5173, strictPort: true, fs: { allow: [".."] } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // The oldest web views Clove runs in: WKWebView of macOS 13; WebKitGTK 2.50 and WebView2 are newer.
    target: "safari16",
    cssTarget: "safari16",
    // The content security policy allows no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { main: page("index"), "quick-add": page("quick-add") } },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "ui",
          root: "ui",
          environment: "jsdom",
          include: ["tests/**/*.test.ts"],
          setupFiles: ["tests/setup.ts"],
          testTimeout: 60_000,
          restoreMocks: true,
        },
      },
      {
        test: {
          name: "convex",
          root: "tests/convex",
          // The closest to Convex's own runtime: no Node.js modules.
          environment: "edge-runtime",
          include: ["*.test.ts"],
          server: { deps: { inline: ["convex-test", "@convex-dev/migrations"] } },
        },
      },
      {
        test: {
          name: "local-cloud",
          root: "local-cloud",
          environment: "node",
          // They start programs and make RSA keys, on machines that may be busy.
          testTimeout: 60_000,
          include: ["tests/**/*.test.ts"],
        },
      },
    ],
  },
});
