/** Edits of a tree of files, as people make them: whatever comes of it. */

export type Files = Readonly<Record<string, string>>;

/** Which edit, of which file, at which of the places for it: whole numbers, as they come. */
export interface Edit {
  readonly file: number;
  readonly kind: number;
  readonly at: number;
}

/** The tree after an edit. */
export function edited(files: Files, { file, kind, at }: Edit): Files {
  const names = Object.keys(files);
  const name = names[file % Math.max(1, names.length)] ?? 'main.tf';
  const change = kind % kindsOfEdits;
  const onText = texts[change];
  if (onText !== undefined) return { ...files, [name]: onText(files[name] ?? '', at) };
  return trees[change - texts.length]!(files, name, at);
}

const texts: readonly ((text: string, at: number) => string)[] = [
  (text, at) => replaceOne(text, /\d+/g, at, (number) => String(Number(number) + 1)),
  (text, at) => replaceOne(text, /"\d+\.\d+\.\d+\.\d+\/\d+"/g, at, () => '"0.0.0.0/0"'),
  (text, at) => replaceOne(text, /\blocal\.\w+|\bvar\.\w+|\bmodule\.\w+/g, at, () => 'local.nothing'),
  (text, at) => replaceOne(text, /\blocal\.\w+|\bvar\.\w+|"[^"\n]*"/g, at, () => 'var.extra'),
  (text, at) => replaceOne(text, /^.*\n/gm, at, () => ''),
  (text, at) => replaceOne(text, /^.*\n/gm, at, (line) => `${line}\n`),
  (text, at) => replaceOne(text, /^.*\n/gm, at, (line) => `# tfsg:ignore missing-rule-description -- seen\n${line}`),
  (text, at) => replaceOne(text, /"\w+"/g, at, (word) => `${word.slice(0, -1)}x"`),
  (text, at) => replaceOne(text, /[{}[\]()"]/g, at, () => ''),
  (text, at) => replaceOne(text, /\b(?:number|string|bool|any)\b/g, at, (word) => `${word.slice(0, -1)}Y`),
  (text) => `${text}\nlocals {\n  nothing = "10.0.0.0/8"\n}\n`,
  () => '',
];

/** A block of the top level with its text. */
const blocks = /^(?:resource|variable|locals|output|module|data)\b[^\n]*\{\n(?:[^\n}].*\n|\n)*\}\n/gm;

const nameOfDeclaration = /(?<=^(?:variable|output|module|resource "\w+"|data "\w+") ")\w+(?=")|(?<=^ {2})\w+(?= +=)/gm;

const nameOfLocal = /(?<=^locals \{\n(?: {2}.*\n)*? {2})\w+(?= +=)/gm;

const nameOfGroup = /(?<=^resource "aws_security_group" ")\w+(?=")/gm;

const trees: readonly ((files: Files, name: string, at: number) => Files)[] = [
  (files, name) => without(files, name),
  (files, name) => ({ ...without(files, name), [`${folderOf(name)}moved.tf`]: files[name] ?? '' }),
  (files, name) => ({ ...files, [`${folderOf(name)}copy/main.tf`]: files[name] ?? '' }),
  (files, name) => ({
    ...files,
    [`${folderOf(name)}extra.tf`]: 'variable "extra" {\n  type    = string\n  default = "10.0.0.0/8"\n}\n',
  }),
  (files, name, at) => ({
    ...files,
    [`${folderOf(name)}terraform.tfvars`]: `extra = ${at % 2 === 0 ? '"::/0"' : '[1]'}\n`,
  }),
  (files, name, at) => ({
    ...files,
    [`${folderOf(name)}main_override.tf`]: `locals {\n  nothing = ${at % 7}\n}\n`,
  }),
  (files, name, at) => ({
    ...files,
    [`${folderOf(name)}.tfsgrc.json`]:
      at % 2 === 0
        ? '{ "extends": ["tfsg:strict"] }'
        : '{ "environments": { "one": { "varFiles": ["terraform.tfvars"] } } }',
  }),
  (files, name) => ({
    ...files,
    [`${folderOf(name)}more.tf.json`]: '{ "locals": { "nothing": "${var.extra}" } }',
  }),
  // A declaration goes to another file of its module, or comes there a second time.
  (files, name, at) => {
    const block = oneOf(files[name] ?? '', blocks, at);
    const others = Object.keys(files).filter(
      (other) => other !== name && folderOf(other) === folderOf(name) && other.endsWith('.tf'),
    );
    const target = others[at % Math.max(1, others.length)] ?? `${folderOf(name)}declared.tf`;
    const left = at % 3 === 0 ? (files[name] ?? '') : (files[name] ?? '').replace(block, '');
    return { ...files, [name]: left, [target]: `${files[target] ?? ''}\n${block}` };
  },
  (files, name, at) => ({ ...files, [name]: (files[name] ?? '').replace(oneOf(files[name] ?? '', blocks, at), '') }),
  // A declaration gets another name, and what refers to it in other files does not, or the other way round.
  (files, name, at) => {
    const declared = oneOf(files[name] ?? '', nameOfDeclaration, at);
    if (declared === '') return files;
    const renamed = (text: string): string => text.replaceAll(new RegExp(`\\b${declared}\\b`, 'g'), `${declared}_2`);
    return Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, (path === name) === (at % 2 === 0) ? renamed(text) : text]),
    );
  },
  (files, name, at) => {
    const declared = oneOf(files[name] ?? '', /\b(?:local|var)\.\w+/g, at) || 'local.nothing';
    const used = `resource "aws_security_group" "added" {\n  name        = "added"\n  description = ${declared}\n}\n`;
    return { ...files, [`${folderOf(name)}added.tf`]: used };
  },
  // What a text names, or a value, becomes something that is declared: circles come, and go again.
  (files, name, at) => {
    const declared = Object.values(files).flatMap((text) => [...text.matchAll(nameOfLocal)].map(([local]) => local));
    const local = `local.${declared[at % Math.max(1, declared.length)] ?? 'nothing'}`;
    const group = `aws_security_group.${oneOf(Object.values(files).join(''), nameOfGroup, at) || 'web'}.id`;
    const change = (): string => (at % 3 === 0 ? group : local);
    return {
      ...files,
      [name]: replaceOne(files[name] ?? '', /\blocal\.\w+|\baws_\w+\.\w+\.id\b|"[^"\n]*"(?=\n)/g, at, change),
    };
  },
];

/** How many kinds of edits there are: the kinds 0 to this. */
export const kindsOfEdits = texts.length + trees.length;

const folderOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1);

function without(files: Files, name: string): Files {
  return Object.fromEntries(Object.entries(files).filter(([each]) => each !== name));
}

/** One of the matches; empty where there is none. */
function oneOf(text: string, pattern: RegExp, at: number): string {
  const matches = [...text.matchAll(pattern)];
  return matches[at % Math.max(1, matches.length)]?.[0] ?? '';
}

function replaceOne(text: string, pattern: RegExp, at: number, change: (match: string) => string): string {
  const matches = [...text.matchAll(pattern)];
  const match = matches[at % Math.max(1, matches.length)];
  return match === undefined
    ? text
    : text.slice(0, match.index) + change(match[0]) + text.slice(match.index + match[0].length);
}
