import fastify from "fastify";
import { DatabaseError, Pool } from "pg";
import { userOf } from "./token.ts";

/** The earlier design as a server: a pool, one function call a vote. Settings come as arguments: pool size, socket folder, port, database. */
const [poolSize, host, port, database] = process.argv.slice(2) as [string, string, string, string];

const pool = new Pool({ max: Number(poolSize), host, port: Number(port), database, user: "postgres" });
const app = fastify({ logger: false });

const vote = {
  schema: {
    body: {
      type: "object",
      required: ["setlistSongId"],
      properties: { setlistSongId: { type: "string", format: "uuid" } },
    },
    response: { 200: { type: "object", properties: { counted: { type: "boolean" } } } },
  },
};

app.post<{ Body: { setlistSongId: string } }>("/vote", vote, async (request, reply) => {
  const user = userOf(request.headers.authorization);
  if (user === null) return reply.code(401).send({ error: "unauthenticated" });
  try {
    const values = [user, request.body.setlistSongId];
    await pool.query({ name: "vote", text: "SELECT vote_for_song($1, $2)", values });
    return { counted: true };
  } catch (error) {
    if (error instanceof DatabaseError) return reply.code(409).send({ error: error.message });
    throw error;
  }
});

app.get("/healthz", async () => ({ status: "ok" }));

process.once("SIGTERM", () => void app.close().then(() => pool.end()));
await Promise.all(Array.from({ length: Number(poolSize) }, () => pool.query("SELECT 1")));
console.log(`The peer is at ${await app.listen({ host: "127.0.0.1", port: 0 })}`);
