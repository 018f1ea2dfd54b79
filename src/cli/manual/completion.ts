/** Completion scripts of shells: everything is in the script, so that no program starts when somebody presses the tab key. */

import { checks } from '../../checks/index.ts';
import { type Command, commands, defaultCommand, optionGroupsOf } from '../options/command-table.ts';
import type { Option } from '../options/option.ts';

/** @param shell one of `shells` */
export function completionScript(shell: string): string {
  switch (shell) {
    case 'zsh':
      return zshScript();
    case 'fish':
      return fishScript();
    default:
      return bashScript();
  }
}

/** The values that there are; undefined where any text or file may be one. */
function valuesOf({ choices, value }: Pick<Option, 'choices' | 'value'>): readonly string[] | undefined {
  return choices ?? (value === 'CHECK' ? checks.map(({ id }) => id) : undefined);
}

/** What stands beside options, if it is no file. */
function operandsOf({ operands }: Command): readonly string[] | undefined {
  if (operands?.name === 'check') return checks.map(({ id }) => id);
  if (operands?.name === 'command') return commands.map(({ name }) => name);
  return operands === undefined ? [] : operands.choices;
}

function optionsOf(command: Command): readonly (readonly [name: string, option: Option])[] {
  return optionGroupsOf(command)
    .flatMap(({ options }) => Object.entries(options))
    .filter(([, { isHidden }]) => !isHidden);
}

/** Single quotes of a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

// bash

/** For the bash 3.2 of macOS too, which has neither `mapfile` nor `compopt`; files are what readline completes by itself. */
function bashScript(): string {
  const patterns = ([name, { alias }]: readonly [string, Option]) =>
    [...(alias === undefined ? [] : [`-${alias}`]), `--${name}`].join('|');
  const ofCommand = (command: Command): string => {
    const valued = optionsOf(command).filter(([, { type }]) => type === 'string');
    const cases = valued.map(([name, option]) => {
      const values = option.value === 'CHECK' ? '$checks' : valuesOf(option)?.join(' ');
      const words = values === undefined ? 'return' : `_tfsg_reply "${values}"; return`;
      return `        ${patterns([name, option])}) ${words} ;;`;
    });
    const names = optionsOf(command).flatMap(([name, { alias }]) => [
      ...(alias === undefined ? [] : [`-${alias}`]),
      `--${name}`,
    ]);
    const operands = command.operands?.name === 'check' ? ['$checks'] : operandsOf(command);
    return [
      `    ${command.name})`,
      ...(cases.length === 0 ? [] : ['      case $previous in', ...cases, '      esac']),
      `      options="${names.join(' ')}"`,
      ...(operands === undefined ? [] : [`      operands="${operands.join(' ')}"`]),
      '      ;;',
    ].join('\n');
  };
  const names = commands.map(({ name }) => name);
  return `# bash completion for tfsg: source <(tfsg completion bash)
_tfsg_reply() {
  local before=
  if [[ $current == *,* ]]; then before=\${current%,*},; fi
  COMPREPLY=($(compgen -P "$before" -W "$1" -- "\${current##*,}"))
}

_tfsg() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  local command= options= operands= word index
  local checks="${checks.map(({ id }) => id).join(' ')}"
  # readline takes --option=value apart.
  if [[ $current == = ]]; then
    current=
  elif [[ $previous == = ]]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    case $word in
      ${names.join('|')}) command=$word; break ;;
    esac
  done
  case \${command:-${defaultCommand.name}} in
${commands.map(ofCommand).join('\n')}
  esac
  COMPREPLY=()
  if [[ $current == -* ]]; then
    _tfsg_reply "$options"
  elif [[ -z $command ]]; then
    _tfsg_reply "${names.join(' ')}"
  else
    _tfsg_reply "$operands"
  fi
}

complete -o default -F _tfsg tfsg
`;
}

// zsh

function zshScript(): string {
  return `#compdef tfsg
# zsh completion for tfsg: source <(tfsg completion zsh), after compinit

_tfsg() {
  local context state line command=${defaultCommand.name} word
  typeset -A opt_args
  for word in "\${words[@]:1:$((CURRENT - 2))}"; do
    case $word in
      (${commands.map(({ name }) => name).join('|')}) command=$word; break ;;
    esac
  done
  case $command in
${commands.map(zshCase).join('\n')}
  esac
}

_tfsg_commands() {
  local -a commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join('\n')}
  )
  _describe command commands
}

compdef _tfsg tfsg
`;
}

function zshCase(command: Command): string {
  const specs = optionsOf(command).map((each) => `        ${zshOption(...each)}`);
  const operands = operandsOf(command);
  const rest = operands === undefined ? '_files' : `(${operands.join(' ')})`;
  const first = command === defaultCommand ? `'1: :{_tfsg_commands; _files}'` : `'1: :_tfsg_commands'`;
  const others = command.operands === undefined ? [] : [quoted(`*:${command.operands.name}:${rest}`)];
  return [
    `    (${command.name})`,
    '      _arguments -s -S : \\',
    [...specs, ...[first, ...others].map((each) => `        ${each}`)].join(' \\\n'),
    '      ;;',
  ].join('\n');
}

function zshOption(name: string, { alias, array, isList, describe, ...option }: Option): string {
  const text = `[${describe.replace(/[\\[\]]/g, '\\$&')}]`;
  const values = valuesOf(option);
  const list = values?.join(' ');
  const action =
    values === undefined
      ? option.value?.endsWith('FILE')
        ? '_files'
        : option.value === 'DIR'
          ? '_files -/'
          : ' '
      : isList
        ? `_values -s , ${option.value!.toLowerCase()} ${list}`
        : `(${list})`;
  const value = option.type === 'boolean' ? '' : `:${option.value!.toLowerCase()}:${action}`;
  const long = `--${name}${option.type === 'boolean' ? '' : '='}`;
  const once = array === true ? '*' : '';
  if (alias === undefined) return quoted(`${once}${long}${text}${value}`);
  const without = array === true ? `'*'` : `'(-${alias} --${name})'`;
  return `${without}{-${alias},${long}}${quoted(`${text}${value}`)}`;
}

// fish

function fishScript(): string {
  const others = commands.filter((command) => command !== defaultCommand).map(({ name }) => name);
  const isNone = `not __fish_seen_subcommand_from ${commands.map(({ name }) => name).join(' ')}`;
  const lines = commands.map(({ name, summary }) => {
    return `complete -c tfsg -n ${quoted(isNone)} -a ${name} -d ${quoted(summary)}`;
  });
  for (const command of commands) {
    const isIt =
      command === defaultCommand
        ? `not __fish_seen_subcommand_from ${others.join(' ')}`
        : `__fish_seen_subcommand_from ${command.name}`;
    const condition = `complete -c tfsg -n ${quoted(isIt)}`;
    const operands = operandsOf(command);
    if (operands !== undefined) {
      lines.push(`${condition} -f${operands.length === 0 ? '' : ` -a ${quoted(operands.join(' '))}`}`);
    }
    for (const [name, option] of optionsOf(command)) lines.push(`${condition}${fishOption(name, option)}`);
  }
  return `# fish completion for tfsg: tfsg completion fish | source\n${lines.join('\n')}\n`;
}

function fishOption(name: string, option: Option): string {
  const values = valuesOf(option);
  const value =
    option.type === 'boolean'
      ? ''
      : values === undefined
        ? option.value === 'DIR'
          ? ` -x -a '(__fish_complete_directories)'`
          : option.value!.endsWith('FILE')
            ? ' -r -F'
            : ' -x'
        : option.isList
          ? ` -x -a ${quoted(`(__fish_append , ${values.join(' ')})`)}`
          : ` -x -a ${quoted(values.join(' '))}`;
  const short = option.alias === undefined ? '' : ` -s ${option.alias}`;
  return `${short} -l ${name}${value} -d ${quoted(option.describe)}`;
}
