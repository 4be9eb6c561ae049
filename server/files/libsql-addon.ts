import { loadAddon } from "./native-addon.ts";

/** libsql's native half; the bundler lets libsql take this in place of its own search for it. */
export const addon = loadAddon("libsql.node");
