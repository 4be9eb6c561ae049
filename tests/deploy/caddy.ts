import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isInstalled, startProxy, type Proxy } from "./proxy-process.ts";
import { recipe } from "./recipe.ts";
import { NAME } from "./visitor.ts";

/** The recipe with a certificate of our own; Caddy has no time-outs here that a stream could meet. */
export const caddy: Proxy = {
  name: "Caddy",
  installed: isInstalled("caddy", "version"),
  holds: true,
  async start({ folder, certificate, ports, socket, basePath }) {
    const file = join(folder, "Caddyfile");
    const text = recipe("deploy/Caddyfile", [
      ["# tls /etc/ssl/theset/chain.pem /etc/ssl/theset/key.pem", `tls ${certificate.chain} ${certificate.key}`],
      ["\treverse_proxy 127.0.0.1:3000 {", `\treverse_proxy ${basePath ? `${basePath}* ` : ""}${socket ? `unix/${socket}` : `127.0.0.1:${ports.program}`} {`],
      [`\n${NAME} {`, `\n{\n\tadmin off\n\thttp_port ${ports.http}\n\thttps_port ${ports.https}\n}\n\n${NAME} {`],
    ]);
    writeFileSync(file, text);
    const env = { HOME: folder, XDG_DATA_HOME: join(folder, "caddy") };
    return startProxy("caddy", ["run", "--adapter", "caddyfile", "--config", file], { port: ports.https, env });
  },
};
