/** A way in which another repository writes and compiles its app. */
export interface ModuleSystem {
  /** The app's file. */
  readonly file: string;
  /** The file to run: the source itself where nothing compiles it. */
  readonly runs: string;
  /** The options of its compiler, where one compiles it. */
  readonly compilerOptions?: Readonly<Record<string, unknown>>;
  /** Writes an app of named imports, one a line, as this module system has it. */
  readonly written: (main: string) => string;
}

const IMPORT = /^import (type )?\{ (.+) \} from (".+");$/gm;

/** Writes imports as verbatimModuleSyntax demands them of CommonJS. */
const asImportRequire = (main: string): string => {
  let modules = 0;
  return main.replace(IMPORT, (_, type: string | undefined, names: string, path: string) => {
    const module = `module${String((modules += 1))}`;
    const named =
      type === undefined
        ? [`const { ${names} } = ${module};`]
        : names.split(", ").map((name) => `type ${name} = ${module}.${name};`);
    return [`import ${type ?? ""}${module} = require(${path});`, ...named].join("\n");
  });
};

const asRequire = (main: string): string => main.replace(IMPORT, "const { $2 } = require($3);");

/** The providers' packages have no exports: an ES module names their files. */
const asModule = (main: string): string => main.replace(/("@cdktf\/[^"]+\/lib\/[^"/]+)"/g, '$1/index.js"');

const asItIs = (main: string): string => main;

const VERBATIM = { verbatimModuleSyntax: true, target: "ES2022" };

/** The module systems of Node.js, by the names that users have for them, each compiled where TypeScript can. */
export const MODULE_SYSTEMS: Readonly<Record<string, ModuleSystem>> = {
  "CommonJS, as cdktf init writes it": {
    ...{ file: "main.ts", runs: "compiled/main.js", written: asItIs },
    compilerOptions: { target: "ES2018", module: "CommonJS", moduleResolution: "node10" },
  },
  "CommonJS, node16": {
    ...{ file: "main.ts", runs: "compiled/main.js", written: asItIs },
    compilerOptions: { target: "ES2022", module: "node16", esModuleInterop: true },
  },
  "CommonJS, node10, verbatimModuleSyntax": {
    ...{ file: "main.ts", runs: "compiled/main.js", written: asImportRequire },
    compilerOptions: { ...VERBATIM, module: "CommonJS", moduleResolution: "node10" },
  },
  "CommonJS, nodenext, verbatimModuleSyntax": {
    ...{ file: "main.cts", runs: "compiled/main.cjs", written: asImportRequire },
    compilerOptions: { ...VERBATIM, module: "nodenext" },
  },
  "ES modules, node16": {
    ...{ file: "main.mts", runs: "compiled/main.mjs", written: asModule },
    compilerOptions: { target: "ES2022", module: "node16" },
  },
  "ES modules, nodenext, verbatimModuleSyntax": {
    ...{ file: "main.mts", runs: "compiled/main.mjs", written: asModule },
    compilerOptions: { ...VERBATIM, module: "nodenext" },
  },
  "ES modules, bundler, verbatimModuleSyntax": {
    ...{ file: "main.mts", runs: "compiled/main.mjs", written: asModule },
    compilerOptions: { ...VERBATIM, module: "ESNext", moduleResolution: "bundler" },
  },
  "CommonJS, JavaScript": { file: "main.cjs", runs: "main.cjs", written: asRequire },
  "ES modules, JavaScript": { file: "main.mjs", runs: "main.mjs", written: asModule },
};
