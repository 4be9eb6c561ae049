/** The pages as Remix builds them; the bundler puts build/server/index.js in its place. */
declare module "theset:pages";
