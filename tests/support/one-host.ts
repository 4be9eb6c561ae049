import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export interface OneHost extends AsyncDisposable {
  url: string;
}

/** A proxy that has several sites on one host, each by the path that its address has. */
export async function startOneHost(sites: readonly string[]): Promise<OneHost> {
  const known = sites.map((site) => new URL(site));
  const server = createServer((req, res) => {
    const site = known.find(({ pathname }) => req.url!.startsWith(`${pathname.replace(/\/$/, "")}/`));
    if (!site) return void res.writeHead(502).end();
    const { method, url: path, headers } = req;
    const onward = request({ host: site.hostname, port: site.port, method, path, headers, agent: false }, (answer) => {
      res.writeHead(answer.statusCode!, answer.rawHeaders);
      answer.pipe(res);
    });
    onward.once("error", () => res.destroy());
    res.once("close", () => onward.destroy());
    req.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
