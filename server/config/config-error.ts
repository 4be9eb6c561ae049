/** A variable has a value that the program can't work with; the message names it and shows a right one. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}
