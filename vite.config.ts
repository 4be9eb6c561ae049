import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import remixOptions from "./remix.config.js";

export default defineConfig({
  plugins: [tailwindcss(), remix(remixOptions)],
  // Found before the first page asks: a second round of optimising would load React twice.
  optimizeDeps: { entries: ["app/root.tsx", "app/entry.client.tsx", "app/routes/*.tsx"] },
  build: { target: "es2022", sourcemap: false },
});
