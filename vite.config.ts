import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Plugin } from "vite";
import remixOptions from "./remix.config.js";

export default defineConfig({
  plugins: [tailwindcss(), remix(remixOptions), homeDataBelowBase()],
  // Found before the first page asks: a second round of optimising would load React twice.
  optimizeDeps: { entries: ["app/root.tsx", "app/entry.client.tsx", "app/routes/*.tsx"] },
  build: { target: "es2022", sourcemap: false },
  // A style names its fonts relatively: where the site begins is known when the program starts.
  experimental: { renderBuiltUrl: (_file, { hostType }) => (hostType === "css" ? { relative: true } : undefined) },
});

/** Remix asks for the home page's data beside the base path, at "/theset.data", where a proxy may know nothing of us. */
function homeDataBelowBase(): Plugin {
  const asked = `  if (url.pathname === "/") {
    url.pathname = "_root.data";`;
  const asks = `  const home = (typeof window !== "undefined" && window.__remixContext.basename) || "/";
  if (url.pathname === home || url.pathname + "/" === home) {
    url.pathname = home + "_root.data";`;
  return {
    name: "home-data-below-base",
    enforce: "pre",
    transform(code, id) {
      if (!/@remix-run\/react\/dist\/esm\/single-fetch\.js$/.test(id)) return;
      if (!code.includes(asked)) this.error("Remix asks for data in another way now: look at singleFetchUrl.");
      return code.replace(asked, asks);
    },
  };
}
