import { Argument, type Command } from "commander";
import type { Verbs } from "./verbs.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

export function addCompletion(verbs: Verbs): void {
  verbs
    .verb("completion", {
      summary: "print what makes a shell complete verbs and options",
      examples: [
        ["theset completion bash > /etc/bash_completion.d/theset", "for everybody, in new shells"],
        ["source <(theset completion zsh)", "in ~/.zshrc, after compinit"],
        ["theset completion fish > ~/.config/fish/completions/theset.fish", "for yourself"],
      ],
    })
    .addArgument(new Argument("<shell>", "which shell").choices(SHELLS))
    .action((shell: Shell) =>
      verbs.runBare((_carried, out) => {
        const script = scripts[shell](placesOf(verbs.root));
        out.say(script.trimEnd());
        out.result({ shell, script });
        return 0;
      }),
    );
}

/** What may come after some words. */
export interface Place {
  /** The words before, such as "theset user". */
  after: string;
  words: readonly Word[];
  /** What may come after an option that takes one of a few. */
  values: readonly { option: string; words: readonly string[] }[];
}

interface Word {
  word: string;
  summary: string;
}

/** Every place of the command line, the root first. */
export function placesOf(command: Command, before = "", inherited: readonly Word[] = []): Place[] {
  const after = `${before} ${command.name()}`.trim();
  const options = [...command.options.filter(({ hidden }) => !hidden).map(wordOf), ...inherited];
  const under = command.commands.map((one) => ({ word: one.name(), summary: one.summary() }));
  const choices = command.registeredArguments[0]?.argChoices?.map((word) => ({ word, summary: "" })) ?? [];
  const words = [...under, ...choices, ...options, { word: "--help", summary: "show help" }];
  const global = before === "" ? options : inherited;
  const values = command.options.flatMap(({ long, argChoices }) => (long && argChoices ? [{ option: long, words: argChoices }] : []));
  return [{ after, words, values }, ...command.commands.flatMap((one) => placesOf(one, after, global))];
}

function wordOf(option: { long?: string; short?: string; description: string }): Word {
  return { word: option.long ?? option.short ?? "", summary: option.description };
}

const scripts: Record<Shell, (places: Place[]) => string> = { bash, zsh, fish };

/** The words before the cursor, without options, up to the deepest place that is known. */
function bash(places: Place[]): string {
  const cases = places.map(({ after, words }) => `    "${after}") words="${words.map(({ word }) => word).join(" ")}" ;;`);
  const values = valuesOf(places).map(({ before, words }) => `    "${before}") words="${words.join(" ")}" ;;`);
  return `_theset() {
  local place="theset" words="" i next
  for ((i = 1; i < COMP_CWORD; i++)); do
    next="\${COMP_WORDS[i]}"
    case "$place $next" in
      ${places.slice(1).map(({ after }) => `"${after}"`).join("|")}) place="$place $next" ;;
    esac
  done
  case "$place" in
${cases.join("\n")}
  esac
  case "$place \${COMP_WORDS[COMP_CWORD-1]}" in
${values.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _theset theset
`;
}

function zsh(places: Place[]): string {
  const cases = places.map(({ after, words }) => `    "${after}") found=(${words.map(described).join(" ")}) ;;`);
  const values = valuesOf(places).map(({ before, words }) => `    "${before}") found=(${words.map(quoted).join(" ")}) ;;`);
  return `#compdef theset
_theset() {
  local place="theset" next
  local -a found
  for next in "\${(@)words[2,CURRENT-1]}"; do
    case "$place $next" in
      ${places.slice(1).map(({ after }) => `"${after}"`).join("|")}) place="$place $next" ;;
    esac
  done
  case "$place" in
${cases.join("\n")}
  esac
  case "$place \${words[CURRENT-1]}" in
${values.join("\n")}
  esac
  _describe theset found || _files
}
compdef _theset theset
`;
}

/** By the place and the option before the cursor. */
function valuesOf(places: readonly Place[]): { before: string; words: readonly string[] }[] {
  return places.flatMap(({ after, values }) => values.map(({ option, words }) => ({ before: `${after} ${option}`, words })));
}

function described({ word, summary }: Word): string {
  return quoted(summary === "" ? word : `${word}:${summary}`);
}

function fish(places: Place[]): string {
  return places
    .flatMap(({ after, words, values }) =>
      words.map(({ word, summary }) => {
        const taken = values.find(({ option }) => option === word);
        const choices = taken ? ` -x -a ${quoted(taken.words.join(" "))}` : "";
        return `complete -c theset -n ${quoted(condition(after, places))} ${fishWord(word)}${choices} -d ${quoted(summary)}`;
      }),
    )
    .join("\n");
}

function fishWord(word: string): string {
  return word.startsWith("--") ? `-l ${word.slice(2)}` : `-f -a ${word}`;
}

/** That the words typed lead to a place and to none below it. */
function condition(after: string, places: Place[]): string {
  const path = after.split(" ").slice(1);
  const below = places.filter((place) => place.after.startsWith(`${after} `)).map((place) => place.after.split(" ")[path.length + 1]!);
  const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`);
  const unseen = below.length > 0 ? [`not __fish_seen_subcommand_from ${[...new Set(below)].join(" ")}`] : [];
  return [...seen, ...unseen].join("; and ") || "true";
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
