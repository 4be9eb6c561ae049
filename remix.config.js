/** Options of the Remix Vite plugin; vite.config.ts passes them on. */
export default {
  appDirectory: "app",
  buildDirectory: "build",
  future: {
    v3_fetcherPersist: true,
    // A dozen routes fit into one cached file; told bit by bit they cost every page 4 kB and a request.
    v3_lazyRouteDiscovery: false,
    v3_relativeSplatPath: true,
    v3_routeConfig: true,
    v3_singleFetch: true,
    v3_throwAbortReason: true,
  },
};
