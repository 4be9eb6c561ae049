import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

const sources = ["app", "server", "db", "jobs"].map((room) => `${room}/**/*.{ts,tsx}`);
const typed = [...sources, "tests/**/*.{ts,tsx}"];
const pureOfTime = ["server/domain/**", "server/commands/**", "server/views/**"];

const environment = [
  "MemberExpression[object.name='process'][property.name='env']",
  "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']",
  "ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name='env']",
].map((selector) => ({ selector, message: "Read settings in server/config and pass them on." }));

const clockAndChance = [
  "MemberExpression[object.name='Date'][property.name='now']",
  "NewExpression[callee.name='Date'][arguments.length=0]",
  "MemberExpression[object.name='performance'][property.name='now']",
  "MemberExpression[object.name='Temporal'][property.name='Now']",
  "MemberExpression[object.name='Math'][property.name='random']",
].map((selector) => ({ selector, message: "The time and chance are arguments here." }));

const trpcError = [
  {
    selector: "ImportSpecifier[imported.name='TRPCError']",
    message: "Throw AppError; only server/api and app/http know TRPCError.",
  },
];

const moduleMocks = [
  {
    selector:
      "MemberExpression[object.name=/^(vi|vitest)$/][property.name=/^(mock|doMock|hoisted)$/]",
    message: "Pass the dependency as an argument instead of mocking its module.",
  },
];

/** One entry of the configuration for each set of files: a later one replaces an earlier one whole. */
function ban(files, ...bans) {
  return { files, rules: { "no-restricted-syntax": ["error", ...bans.flat()] } };
}

export default defineConfig(
  { ignores: ["build/", "data/", "db/migrations/", "coverage/", "test-results/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    files: ["**/*.{js,mjs,cjs}"],
    languageOptions: {
      globals: Object.fromEntries(
        ["process", "console", "Buffer", "URL", "fetch", "AbortSignal", "performance"]
          .concat("AbortController", "URLSearchParams", "setTimeout", "clearTimeout", "setInterval", "clearInterval", "module", "require")
          .map((name) => [name, "readonly"]),
      ),
    },
  },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.recommended],
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, ignoreUsingDeclarations: true }],
    },
  },
  {
    files: typed,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { attributes: false } },
      ],
      // `import { type T }` would still load the module at run time.
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // A loader throws a Response to answer at once.
      "@typescript-eslint/only-throw-error": ["error", { allow: ["Response"] }],
      // An async function without await keeps a signature that others implement with one.
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    files: ["app/**/*.{ts,tsx}"],
    extends: [reactHooks.configs.flat.recommended, jsxA11y.flatConfigs.recommended],
  },
  { files: ["**/*.{ts,tsx,js,mjs}"], rules: { "max-lines": ["error", 300] } },
  { files: sources, rules: { "max-lines-per-function": ["error", 80], "no-console": "error" } },
  {
    files: ["db/seed/**", "db/migrations/**", "tests/**"],
    rules: { "max-lines": "off", "max-lines-per-function": "off" },
  },
  { files: ["server/{main,binary}.ts", "server/cli/**"], rules: { "no-console": "off" } },
  ban([...sources, "tests/**/*.{ts,tsx}"], environment, trpcError, moduleMocks),
  ban(pureOfTime, environment, trpcError, moduleMocks, clockAndChance),
  ban(["server/api/**", "app/http/**"], environment, moduleMocks),
  ban(["server/config/**", "server/files/native-addon.ts"], trpcError, moduleMocks),
  ban(["tests/support/**", "tests/bench/**"], trpcError, moduleMocks),
);
