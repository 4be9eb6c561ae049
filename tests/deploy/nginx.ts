import { readFileSync, writeFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { isInstalled, startProxy, type Ground, type Proxy } from "./proxy-process.ts";
import { recipe, replaced } from "./recipe.ts";

const RECIPE = "deploy/nginx.conf";
const MANUAL = "docs/self-hosting.md";
const DEBIANS = "/etc/nginx/nginx.conf";
const TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

/** The recipe inside the nginx.conf that Debian's package brings. */
export const nginx: Proxy = {
  name: "nginx",
  installed: isInstalled("/usr/sbin/nginx", "-v"),
  holds: false,
  async start(ground) {
    writeFileSync(join(ground.folder, "theset.conf"), site(ground));
    const conf = join(ground.folder, "nginx.conf");
    writeFileSync(conf, around(ground.folder));
    return startProxy("/usr/sbin/nginx", ["-c", conf, "-g", "daemon off;"], { port: ground.ports.https, env: {} });
  },
};

function site({ certificate, ports, patience, socket, basePath }: Ground): string {
  return recipe(RECIPE, [
    ["server 127.0.0.1:3000;", `server ${socket ? `unix:${socket}` : `127.0.0.1:${ports.program}`};`],
    ["listen 80;", `listen 127.0.0.1:${ports.http};`],
    ["listen [::]:80;", onSix(`listen [::1]:${ports.http};`)],
    ["listen 443 ssl http2;", `listen 127.0.0.1:${ports.https} ssl http2;`],
    ["listen [::]:443 ssl http2;", onSix(`listen [::1]:${ports.https} ssl http2;`)],
    ["/etc/letsencrypt/live/vote.example.org/fullchain.pem", certificate.chain],
    ["/etc/letsencrypt/live/vote.example.org/privkey.pem", certificate.key],
    ["proxy_read_timeout 60s;", `proxy_read_timeout ${patience ?? 60}s;`],
    ...(basePath ? below(basePath) : []),
  ]);
}

/** What the recipe's comments and the manual say of a base path. */
function below(base: string): [from: string, to: string][] {
  const [, manual] = /```nginx\n([^`]*location \/theset\/[^`]*)```/.exec(readFileSync(MANUAL, "utf8")) ?? [];
  if (!manual) throw new Error(`${MANUAL} has no lines for nginx`);
  return [
    ["\tlocation / {\n\t\tproxy_pass http://theset;\n\t}\n", manual.replaceAll("/theset/", `${base}/`).replaceAll("= /theset ", `= ${base} `)],
    ["location ~ ^/shows/", `location ~ ^${base}/shows/`],
  ];
}

function onSix(line: string): string {
  const hasSix = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === "::1"));
  return hasSix ? line : "";
}

/** Debian's own file, with everything that it writes in a folder of the test's. */
function around(folder: string): string {
  const paths = TEMPORARY.map((kind) => `${kind}_temp_path ${join(folder, kind)};`).join("\n");
  return [
    ["pid /run/nginx.pid;", `pid ${join(folder, "nginx.pid")};`],
    ["error_log /var/log/nginx/error.log", "error_log stderr"],
    ["access_log /var/log/nginx/access.log", `access_log ${join(folder, "access.log")}`],
    ["include /etc/nginx/sites-enabled/*;", ""],
    ["include /etc/nginx/conf.d/*.conf;", `${paths}\ninclude ${join(folder, "theset.conf")};`],
  ].reduce((text, [from, to]) => replaced(text, from!, to!, DEBIANS), readFileSync(DEBIANS, "utf8"));
}
