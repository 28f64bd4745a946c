import convex from "@convex-dev/eslint-plugin";
import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import svelte from "eslint-plugin-svelte";
import { defineConfig, globalIgnores } from "eslint/config";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./ui/svelte.config.js";

export default defineConfig(
  globalIgnores([
    "target/",
    "gen/",
    "ui/dist/",
    "ui/src/bindings/",
    "node_modules/",
    "convex/_generated/",
  ]),
  js.configs.recommended,
  ts.configs.strict,
  svelte.configs.recommended,
  convex.configs.recommended,
  prettier,
  svelte.configs.prettier,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "max-lines": ["error", 400],
      // A todo is somebody's text: it reaches the page as text nodes, never as markup.
      "svelte/no-at-html-tags": "error",
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@tauri-apps/*"], message: "Only ui/src/ipc.ts talks to Tauri." }] },
      ],
    },
  },
  {
    files: ["convex/**/*.ts"],
    rules: {
      "@convex-dev/no-filter-in-query": "error",
      "@convex-dev/no-collect-in-query": "error",
      "@convex-dev/no-top-of-hour-crons": "error",
      "@convex-dev/require-access-control": [
        "error",
        { pattern: "^(find|ensure|refresh)User$|^requireTodo$" },
      ],
      // A field that is taken out of a row, so that the rest goes on without it.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
    },
  },
  { files: ["ui/src/ipc.ts"], rules: { "no-restricted-imports": "off" } },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig },
    },
  },
);
