/**
 * The import table of docs/architecture.md: one rule for each row, and what holds for every room.
 * `npm run verify` checks it; tests/architecture/rules.test.ts proves that each rule bites.
 */
const source = "^(app|server|db|jobs)/";
const firstParty = "^(app|server|db|jobs|tests|scripts)/";

const domain = "^server/domain/";
const commands = "^server/commands/";
const views = "^server/views/";
const auth = "^server/auth/";
const actor = "^server/auth/actor\\.ts$";
const realtime = "^server/realtime/";
const backup = "^server/backup/";
const links = "^server/links/";
const config = "^server/config/";
const files = "^server/files/";
const api = "^server/api/";
const db = "^db/";
const definitions = "^jobs/definitions\\.ts$";
const providers = "^jobs/providers/";
const tasks = "^jobs/tasks/";
const app = "^app/";
const client = "^server/client\\.ts$";

const databasePackages = packages("drizzle-orm", "libsql", "@libsql/[^/]+");

function packages(...names) {
  return `(^|/)node_modules/(${names.join("|")})/`;
}

/** From a room to what it must not reach. */
function rule(name, comment, from, to) {
  const path = Array.isArray(from) || typeof from === "string" ? { path: from } : from;
  return { name, comment, severity: "error", from: path, to };
}

/** The room may import itself and the list: no other room, no package, no module of Node. */
function only(name, comment, room, allowed) {
  return rule(name, comment, room, { pathNot: [room, ...allowed] });
}

/** Of the rooms, the room may import itself and the list; packages are free. */
function onlyRooms(name, comment, room, allowed) {
  return rule(name, comment, room, { path: firstParty, pathNot: [room, ...allowed] });
}

/** The room may import the types of the target and none of its values. */
function typesOnly(name, comment, room, target) {
  return rule(name, comment, room, { path: target, dependencyTypesNot: ["type-only"] });
}

const rows = [
  only(
    "domain-imports-itself",
    "server/domain is pure: no other room, no I/O, no Zod. Two packages: Temporal, for calendar arithmetic in time zones (its clock, Temporal.Now, is banned by ESLint), and fastest-levenshtein, which counts edits.",
    domain,
    [packages("temporal-polyfill", "temporal-spec", "temporal-utils", "fastest-levenshtein")],
  ),
  rule(
    "db-imports-drizzle-and-libsql",
    "db knows SQL and nothing of the rooms above it: domain types, Drizzle, libSQL and Node itself.",
    db,
    { pathNot: [db, domain, databasePackages], dependencyTypesNot: ["core"] },
  ),
  typesOnly(
    "db-imports-domain-types",
    "db stores what the domain decides; it decides nothing itself, so it needs the domain's types only.",
    db,
    domain,
  ),
  only(
    "commands-import-domain-and-db",
    "A command reads facts and writes rows in one transaction by what the domain decides. It awaits nothing but the database, so no package and of Node only crypto (hashing, comparing).",
    commands,
    [domain, db, actor, definitions, "^(node:)?crypto$"],
  ),
  only(
    "views-import-domain-and-db",
    "A view reads and shapes rows for one page or procedure; it needs the same as a command.",
    views,
    [domain, db, actor, definitions, "^(node:)?crypto$"],
  ),
  onlyRooms(
    "auth-imports-errors-and-db",
    "server/auth answers who is asking; it knows no rule of voting and no other room.",
    auth,
    ["^server/domain/errors\\.ts$", db],
  ),
  onlyRooms(
    "realtime-imports-domain",
    "The hub carries frames it is given; it reads no database and calls no command.",
    realtime,
    [domain],
  ),
  typesOnly(
    "realtime-imports-domain-types",
    "The hub carries tallies and never computes one.",
    realtime,
    domain,
  ),
  onlyRooms(
    "config-imports-itself",
    "Settings are read from the environment and checked; what they are for is the business of whoever gets them.",
    config,
    [],
  ),
  onlyRooms(
    "files-import-db",
    "Where the program's own files lie is known here, and what is in them elsewhere; only migrations have a shape of their own.",
    files,
    ["^db/migrate\\.ts$"],
  ),
  onlyRooms(
    "backup-imports-db",
    "Backups know files, schemas and rows, and nothing of what the program does with them.",
    backup,
    [domain, db, "^server/(config|files)/"],
  ),
  typesOnly(
    "backup-imports-types-of-config-and-files",
    "Settings and what the program carries are handed in, so that a thread and a test can hand in others.",
    backup,
    "^server/(config|files)/",
  ),
  onlyRooms(
    "links-import-commands-and-views",
    "A file of links is read and written piece by piece; what it says is checked and carried out by a command.",
    links,
    [domain, commands, views, actor],
  ),
  typesOnly(
    "links-import-types-of-commands",
    "Who can write is handed in: the server's writer, or that of the command line.",
    links,
    commands,
  ),
  onlyRooms(
    "api-imports-commands-and-views",
    "A procedure is a thin adapter: commands, views, auth, realtime, and the domain's words and errors. Never the database.",
    api,
    [commands, views, auth, realtime, domain],
  ),
  only(
    "providers-import-zod-and-bottleneck",
    "A provider turns one service's wire format into domain types; storing them is a task's work.",
    providers,
    [domain, packages("zod", "bottleneck", "cockatiel", "opossum")],
  ),
  typesOnly(
    "providers-import-domain-types",
    "A provider fills the domain's types and applies none of its rules.",
    providers,
    domain,
  ),
  onlyRooms(
    "tasks-import-commands-and-providers",
    "A task asks providers and writes by commands, like everyone else: commands, views, providers, definitions, and the domain's words and errors.",
    tasks,
    [commands, views, providers, definitions, domain],
  ),
  only(
    "definitions-import-zod",
    "A job's definition is its name, payload and schedule. Commands enqueue by it, so it must pull in no handler.",
    definitions,
    [domain, packages("zod")],
  ),
  onlyRooms(
    "app-imports-api-types-and-domain",
    "A page reaches the program through context.api alone: types from server/api, values from server/domain.",
    app,
    [api, domain],
  ),
  typesOnly(
    "app-imports-api-types",
    "The router is code of the server: a page that imported its values would carry it to the browser.",
    app,
    api,
  ),
  onlyRooms(
    "client-imports-router-type",
    "The typed client is published for scripts: it knows the router's type and nothing of the server.",
    client,
    [api],
  ),
  typesOnly(
    "client-imports-types-of-api",
    "A value of the router in the client would pull the whole server into a script.",
    client,
    api,
  ),
];

const everywhere = [
  rule(
    "drizzle-stays-in-db",
    "SQL lives in db/queries. Only db and the files that compose the program open or query a database.",
    {
      path: source,
      pathNot: [db, "^server/(main|start|writer-thread)\\.ts$", "^jobs/runner\\.ts$"],
    },
    { path: databasePackages },
  ),
  rule(
    "every-room-has-a-row",
    "A new folder in server/ or jobs/ gets a row in docs/architecture.md and a rule here before it imports other rooms.",
    {
      path: "^(server|jobs)/[^/]+/",
      pathNot: [
        domain,
        commands,
        views,
        auth,
        realtime,
        backup,
        links,
        config,
        files,
        api,
        providers,
        tasks,
        "^server/(cli|http)/",
      ],
    },
    { path: firstParty },
  ),
  rule(
    "no-nameless-room",
    "A room named utils, lib, helpers, common, shared, misc or services says nothing of what is in it: find the name.",
    {},
    {
      path: "/(utils|lib|helpers|common|shared|misc|services)(/|\\.tsx?$)",
      pathNot: "node_modules",
    },
  ),
  rule("no-tests-in-the-program", "The program must start without tests/ and scripts/.", source, {
    path: "^(tests|scripts)/",
  }),
  rule("no-cycle", "Modules of a cycle can be neither read nor tested apart.", source, {
    circular: true,
  }),
  rule(
    "no-orphan",
    "A source that imports nothing and is imported by nothing is forgotten, or not wired up yet.",
    {
      path: source,
      orphan: true,
      // Remix finds these by their place; a migration is found by its journal.
      pathNot: [
        "^app/(root|routes|entry\\.(client|server))\\.tsx?$",
        "^app/routes/",
        "^db/migrations/",
        "\\.d\\.ts$",
      ],
    },
    {},
  ),
  rule(
    "no-development-package",
    'What the program imports must be in "dependencies". Vite is the exception, loaded by `serve --dev` alone; app/routes.ts runs at build time.',
    { path: source, pathNot: ["^app/routes\\.ts$"] },
    {
      dependencyTypes: ["npm-dev"],
      dependencyTypesNot: ["type-only"],
      pathNot: [packages("vite")],
    },
  ),
  rule(
    "vite-in-development-only",
    "Only the development server may load Vite: server/http/dev-pages.ts.",
    { path: source, pathNot: ["^server/http/dev-pages\\.ts$"] },
    { path: packages("vite"), dependencyTypesNot: ["type-only"] },
  ),
  rule(
    "no-unlisted-package",
    "A package that package.json does not name may be gone with the next install.",
    source,
    { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
  ),
  rule("no-unresolvable-import", "The import leads nowhere.", source, {
    couldNotResolve: true,
    // What the bundler puts in its place is declared in server/files/pages.d.ts.
    pathNot: ["^theset:pages$"],
  }),
];

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [...rows, ...everywhere],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(build|data)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json", ".d.ts"],
      mainFields: ["module", "main", "types", "typings"],
    },
  },
};
