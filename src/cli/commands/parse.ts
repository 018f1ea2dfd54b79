/** `tfsg parse`: files as Terraform's JSON syntax. */

import { append } from '../../collections/append.ts';
import { diskFileSystem } from '../../files.ts';
import { toJson } from '../../hcl/hcl2json/projection.ts';
import { parseJson } from '../../hcl/json/parser.ts';
import { parseHcl } from '../../hcl/native/parser.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import { jsonDocument } from '../../report/formats/json.ts';
import { decodeSource } from '../../source/decode.ts';
import type { Outcome, Problem } from '../../source/problem.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { locateTree } from '../files/tree.ts';
import type { Io } from '../io.ts';
import type { ParseArguments } from '../options/arguments.ts';
import { printProblems } from '../problems.ts';

/** One file: its JSON; several: an object of them by path. A file that can't be read is left out. */
export async function runParse(given: ParseArguments, io: Io): Promise<ExitCode> {
  const tree = locateTree(io.cwd, given.paths);
  const fileSystem = diskFileSystem(tree.root);
  const toValue = given.parser === 'hcl2json' ? await hcl2jsonParser() : nativeParser;
  const documents: Record<string, unknown> = Object.create(null);
  const problems: Problem[] = [];
  for (const path of given.paths.map(tree.pathOf)) {
    const read = fileSystem.read(path);
    if (read.kind !== 'file') {
      const reason = read.kind === 'missing' ? 'no such file' : read.message;
      problems.push({ kind: 'file', severity: 'error', message: `${path}: ${reason}.` });
      continue;
    }
    const source = decodeSource(path, read.bytes);
    const parsed = await toValue(source.value);
    documents[path] = parsed.value;
    append(problems, source.problems);
    append(problems, parsed.problems);
  }
  const values = Object.values(documents);
  if (values.length > 0) io.stdout.write(jsonDocument(given.paths.length === 1 ? values[0] : documents));
  printProblems(problems, given, io);
  return problems.some(({ severity }) => severity === 'error') ? 2 : 0;
}

type ToValue = (file: SourceFile) => Outcome<unknown> | Promise<Outcome<unknown>>;

function nativeParser(file: SourceFile): Outcome<unknown> {
  const tree = file.path.endsWith('.json') ? parseJson(file) : parseHcl(file);
  const json = toJson(tree.value);
  return { value: json.value, problems: [...tree.problems, ...json.problems] };
}

async function hcl2jsonParser(): Promise<ToValue> {
  const { createHcl2json, parseWithHcl2json } = await import('../../hcl/hcl2json/parser.ts');
  const hcl2json = createHcl2json();
  return async (file) => {
    // hcl2json reads native syntax alone.
    if (file.path.endsWith('.json')) return nativeParser(file);
    const verdict = await hcl2json.judge(file);
    if (verdict.kind === 'accepted') return { value: verdict.json, problems: [] };
    return { value: {}, problems: (await parseWithHcl2json(hcl2json, file)).problems };
  };
}
