/** Regular expressions of Rust's `regex` crate, as `matches` takes them: their syntax. */
export { ByteSet } from "./byte-set";
export * from "./node";
export { parseRegex } from "./parse";
export { RegexSyntaxError } from "./reader";
