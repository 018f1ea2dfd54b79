/** What an option of the command line is: parsing, help, completion, the man page and the environment are made of it. */

export interface Option {
  readonly type: 'string' | 'boolean';
  /** Without a final full stop. */
  readonly describe: string;
  /** One letter. */
  readonly alias?: string;
  /** Whether each use adds a value. */
  readonly array?: true;
  /** Whether one value may be several, with commas in between. */
  readonly isList?: true;
  /** What stands for the value in help, which also says how a shell completes it. */
  readonly value?: ValueName;
  readonly choices?: readonly string[];
  readonly default?: string;
  /** For people, where `default` does not say it. */
  readonly defaultDescription?: string;
  readonly isHidden?: true;
}

export type ValueName =
  | 'FILE'
  | 'DIR'
  | 'CHECK'
  | 'NAME'
  | 'NAME=VALUE'
  | 'FORMAT'
  | 'FORMAT=FILE'
  | 'SEVERITY'
  | 'PRESET'
  | 'I/N'
  | 'WHEN'
  | 'PARSER'
  | 'WORLDS'
  | 'SCOPE'
  | 'ORDER'
  | 'TEMPLATE'
  | 'BASE'
  | 'ACCESS';

export interface OptionGroup {
  /** `Report`, as help has it. */
  readonly title: string;
  readonly options: Readonly<Record<string, Option>>;
}

export function single(describe: string, value: ValueName) {
  return { type: 'string', describe, value } as const;
}

export function multiple(describe: string, value: ValueName) {
  return { type: 'string', array: true, describe, value } as const;
}

export function flag(describe: string) {
  return { type: 'boolean', describe } as const;
}

/** Whether an option can have a value; presets can have their whole name. */
export function isChoice({ choices }: Option, value: string): boolean {
  return choices === undefined || choices.includes(value.replace(/^tfsg:/, ''));
}
