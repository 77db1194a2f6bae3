// What the browser's modules must hold to; "make lint" runs it.
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["node_modules/"] },
  js.configs.recommended,
  {
    files: ["static/**/*.mjs", "static/**/*.js"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: { ...globals.browser, L: "readonly", protomapsL: "readonly" } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: ["error", "always"],
      "no-var": "error",
      "prefer-const": ["error", { destructuring: "all" }],
      "no-implicit-coercion": ["error", { allow: ["!!"] }],
      "no-shadow": "error",
      "no-undef": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", caughtErrors: "none" }],
      "no-throw-literal": "error",
      "object-shorthand": "error",
      "no-else-return": "error",
      "no-useless-return": "error",
      "prefer-template": "off",
      "no-restricted-globals": ["error", { name: "event", message: "Take the event as a parameter." }],
    },
  },
];
