/** The lint rules, among them the rooms of the house: which folder may import which (docs/architecture.md). */
import { defineConfig } from "oxlint";

/** Each room and the rooms it may import. Everything else is refused. */
const ROOMS: Record<string, readonly string[]> = {
  wire: [],
  crypto: ["wire"],
  geo: ["wire"],
  message: ["wire", "crypto", "geo"],
  log: ["wire", "crypto"],
  line: ["wire", "crypto", "message", "log"],
  deconflict: ["wire", "crypto", "geo", "message", "log", "line"],
  release: ["wire", "message", "line", "geo"],
  intake: ["wire", "geo", "message", "deconflict"],
  api: ["wire", "crypto", "geo", "message", "log", "line", "deconflict", "release", "intake"],
  store: ["wire", "crypto", "geo", "message", "log", "line", "deconflict", "release", "intake"],
  server: ["wire", "crypto", "geo", "message", "log", "line", "deconflict", "release", "intake", "api", "store"],
  cli: ["wire", "crypto", "geo", "message", "log", "line", "deconflict", "release", "intake", "api", "server", "store"],
  console: ["wire", "crypto", "geo", "message", "log", "line", "deconflict", "release", "intake", "api"],
};
/** The rooms without clock, chance, network, files or screen: a browser, a node and a stranger's verifier run the same code. */
const PURE = ["wire", "crypto", "geo", "message", "log", "line", "deconflict", "release", "intake", "api"];

const IMPURE_GLOBALS = [
  "process",
  "Buffer",
  "fetch",
  "window",
  "document",
  "navigator",
  "localStorage",
  "setTimeout",
  "setInterval",
];

const restrictImports = (room: string, allowed: readonly string[]) => {
  const refused = Object.keys(ROOMS).filter((other) => other !== room && !allowed.includes(other));
  const patterns: { regex: string; message: string }[] = [
    {
      regex: `^(?:\\.\\./)+(?:src/)?(?:${refused.join("|")})/`,
      message: `src/${room} may not import that room (docs/architecture.md).`,
    },
    { regex: "^(?:\\.\\./)+(?:bench|test|tools)/", message: "src never imports from bench, test or tools." },
  ];
  if (PURE.includes(room)) {
    patterns.push({ regex: "^node:", message: `src/${room} is pure: what it needs arrives as an argument.` });
  }
  if (room === "console") patterns.push({ regex: "^node:", message: "The console runs in a browser." });
  return ["error", { patterns }] as const;
};

export default defineConfig({
  plugins: ["typescript", "unicorn", "oxc", "import", "react", "jsx-a11y", "promise", "node"],
  categories: { correctness: "error", suspicious: "error" },
  options: { typeAware: true },
  ignorePatterns: ["dist/**", "node_modules/**", ".parley/**"],
  rules: {
    "typescript/no-explicit-any": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "typescript/no-floating-promises": "error",
    "typescript/consistent-type-imports": "error",
    "typescript/no-non-null-assertion": "error",
    "import/no-default-export": "error",
    "import/no-cycle": "error",
    "eslint/max-lines": ["error", { max: 400, skipBlankLines: false, skipComments: false }],
    "eslint/max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
    "eslint/no-shadow": "off",
    "react/react-in-jsx-scope": "off",
    "import/no-unassigned-import": "off",
    // The compiler proves these: noImplicitReturns with exhaustive switches.
    "typescript/consistent-return": "off",
    "import/no-named-as-default-member": "off",
    "typescript/no-unsafe-type-assertion": "off",
    "typescript/no-unnecessary-type-parameters": "off",
    // Sequential work is often the point here: durable before said, one request after another.
    "eslint/no-await-in-loop": "off",
  },
  overrides: [
    ...Object.entries(ROOMS).map(([room, allowed]) => ({
      files: [`src/${room}/**`],
      rules: { "eslint/no-restricted-imports": restrictImports(room, allowed) },
    })),
    ...PURE.map((room) => ({
      files: [`src/${room}/**`],
      rules: {
        "eslint/no-console": "error" as const,
        "eslint/no-restricted-globals": ["error", ...IMPURE_GLOBALS] as never,
        "eslint/no-restricted-properties": [
          "error",
          { object: "Date", property: "now", message: "The time arrives as an argument." },
          { object: "Math", property: "random", message: "Randomness arrives with the suite." },
        ] as never,
      },
    })),
    {
      files: ["src/crypto/native.ts"],
      rules: { "eslint/no-restricted-imports": "off", "eslint/no-restricted-globals": "off" },
    },
    // A test tells a whole story in one function, and a suite is one function around its tests.
    {
      files: ["test/**", "bench/**", "tools/**"],
      rules: { "eslint/max-lines-per-function": "off" },
    },
    // node:test awaits what `test()` returns by itself.
    {
      files: ["test/**"],
      rules: { "typescript/no-floating-promises": "off", "unicorn/consistent-function-scoping": "off" },
    },
    { files: ["*.config.ts", "**/*.d.ts"], rules: { "import/no-default-export": "off" } },
  ],
});
