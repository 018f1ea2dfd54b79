/** What a run asks of the tree, kept as the questions and one digest of all answers. */

import { createHash } from 'node:crypto';
import type { FileSystem, ListResult, ReadResult } from '../../files.ts';

export interface Recording {
  /** The tree, of which all that is asked is recorded. */
  readonly files: FileSystem;
  /** Each question once, in the order in which they were asked: `r network/main.tf`. */
  asked(): readonly string[];
  /** Of the answers to them; undefined where one of them has changed during the run. */
  digest(): string | undefined;
}

/** Whether a file, by its path in the tree, is one that the cache itself keeps there. */
export type IsOwn = (path: string) => boolean;

export function recordFiles(files: FileSystem, isOwn: IsOwn): Recording {
  const answers = new Map<string, string>();
  let isSteady = true;
  const note = (question: string, answer: string): void => {
    const before = answers.get(question);
    if (before === undefined) answers.set(question, answer);
    else if (before !== answer) isSteady = false;
  };
  const { outside } = files;
  return {
    files: {
      read(path) {
        const result = files.read(path);
        note(`r ${path}`, textOfRead(result));
        return result;
      },
      list(path) {
        const result = files.list(path);
        note(`l ${path}`, textOfList(result, path, isOwn));
        return result;
      },
      real(path) {
        const result = files.real(path);
        note(`p ${path}`, result);
        return result;
      },
      outside: outside && {
        admit(folder) {
          const isAdmitted = outside.admit(folder);
          note(`a ${folder}`, String(isAdmitted));
          return isAdmitted;
        },
        has: (path) => outside.has(path),
      },
    },
    asked: () => [...answers.keys()],
    digest: () => (isSteady ? digestOfAnswers(answers) : undefined),
  };
}

/** What `digest` of a recording is now, if the same is asked of a tree again. */
export function digestAgain(files: FileSystem, asked: readonly string[], isOwn: IsOwn): string {
  const answerTo = (question: string): string => {
    const path = question.slice(2);
    if (question.startsWith('r ')) return textOfRead(files.read(path));
    if (question.startsWith('l ')) return textOfList(files.list(path), path, isOwn);
    return question.startsWith('p ') ? files.real(path) : String(files.outside?.admit(path) ?? false);
  };
  return digestOfAnswers(asked.map((question) => [question, answerTo(question)]));
}

/** One for all: from that of a single file with few possible contents, such as a password, these could be guessed. */
function digestOfAnswers(answers: Iterable<readonly [question: string, answer: string]>): string {
  const hash = createHash('sha256');
  for (const [question, answer] of answers) hash.update(`${question.length} ${question} ${answer.length} ${answer}\n`);
  return hash.digest('base64');
}

function textOfRead(result: ReadResult): string {
  if (result.kind === 'file') return createHash('sha256').update(result.bytes).digest('base64');
  return result.kind === 'missing' ? '' : `! ${result.message}`;
}

function textOfList(result: ListResult, path: string, isOwn: IsOwn): string {
  if (result.kind !== 'directory') return result.kind === 'missing' ? '' : `! ${result.message}`;
  const below = path === '' ? '' : `${path}/`;
  return result.entries
    .filter(({ name }) => !isOwn(below + name))
    .map(({ name, kind, isLink }) => `${kind} ${isLink} ${JSON.stringify(name)}\n`)
    .join('');
}
