import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isInstalled, startProxy, type Proxy } from "./proxy-process.ts";
import { recipe } from "./recipe.ts";

const CHROOT = "chroot /var/lib/haproxy";
/** Lines that only root can carry out. */
const FOR_ROOT = [CHROOT, "user haproxy", "group haproxy"];

export const haproxy: Proxy = {
  name: "HAProxy",
  installed: isInstalled("/usr/sbin/haproxy", "-v"),
  holds: true,
  async start({ folder, certificate, ports, patience = 60, socket, basePath }) {
    const file = join(folder, "haproxy.cfg");
    const text = recipe("deploy/haproxy.cfg", [
      ["bind :80", `bind 127.0.0.1:${ports.http}`],
      ["bind :443 ", `bind 127.0.0.1:${ports.https} `],
      ["/etc/haproxy/theset.pem", certificate.both],
      ["server theset 127.0.0.1:3000", `server theset ${socket ? `unix@${socket}` : `127.0.0.1:${ports.program}`}`],
      ["timeout client 60s", `timeout client ${patience}s`],
      ["timeout server 60s", `timeout server ${patience}s`],
      ...(basePath ? below(basePath) : []),
      ...(process.getuid?.() === 0 ? [] : FOR_ROOT.map((line) => [line, ""] as const)),
      ...(socket && process.getuid?.() === 0 ? [[CHROOT, ""] as const] : []),
    ]);
    writeFileSync(file, text);
    return startProxy("/usr/sbin/haproxy", ["-db", "-f", file], { port: ports.https, env: {} });
  },
};

/** What the recipe's comments say of a base path. */
function below(base: string): [from: string, to: string][] {
  return [
    ["default_backend theset", `use_backend theset if { path ${base} } or { path_beg ${base}/ }`],
    ["{ path_reg ^/shows/", `{ path_reg ^${base}/shows/`],
  ];
}
