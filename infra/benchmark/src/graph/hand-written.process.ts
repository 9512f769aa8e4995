import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import { Pool, types } from "pg";

/** The limit: a handler with one hand-written statement for each query, under row-level security, answering its JSON as it is. */
const { DATABASE_URL, PORT, VIEWERS } = process.env;
const folder = join(import.meta.dirname, "../../peers/queries");
const settings = "select set_config(key, value, true) from json_each_text($1::json)";
const statements = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .map((file) => [`/${basename(file, ".sql")}`, readFileSync(join(folder, file), "utf8")]),
);
const viewers = new Map(
  Object.entries(JSON.parse(VIEWERS ?? "{}") as Record<string, object>).map(([name, viewer]) => [
    name,
    JSON.stringify(viewer),
  ]),
);
const asText = {
  getTypeParser: (oid: number): ((text: string) => unknown) =>
    oid === types.builtins.JSON ? String : (types.getTypeParser(oid) as (text: string) => unknown),
};
const pool = new Pool({ connectionString: DATABASE_URL, max: 10, pipeline: true });

async function answer(path: string, viewer: string, body: string): Promise<string> {
  const { values } = JSON.parse(body) as { values: unknown[] };
  const client = await pool.connect();
  try {
    const [, , { rows }] = await Promise.all([
      client.query("begin read only"),
      client.query({ name: "viewer", text: settings, values: [viewers.get(viewer)] }),
      client.query<{ json_build_object: string }>({
        name: path,
        text: statements.get(path) ?? "",
        values,
        types: asText,
      }),
      client.query("commit"),
    ]);
    return `{"data":${rows[0]?.json_build_object}}`;
  } finally {
    client.release();
  }
}

const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (chunk: string) => (body += chunk));
  request.on("end", () => {
    answer(request.url ?? "", String(request.headers["x-viewer"]), body).then(
      (text) => response.writeHead(200, { "content-type": "application/json" }).end(text),
      (error: Error) => response.writeHead(500).end(JSON.stringify({ errors: [{ message: error.message }] })),
    );
  });
});
server.listen(Number(PORT), "127.0.0.1", () => process.stdout.write("ready\n"));
process.on("SIGTERM", () => process.exit(0));
