/** csvdecode: RFC 4180 as Go's encoding/csv reads it (https://pkg.go.dev/encoding/csv). */

import { toNormalForm } from '../../text/normal-form.ts';
import { EvaluationError } from '../values/errors.ts';
import { anyType, objectType, stringType } from '../values/type.ts';
import { listValue, objectValue, stringValue } from '../values/value.ts';
import { asText } from './arguments.ts';
import type { FunctionTable } from './definition.ts';
import { checkItemCount } from './limits.ts';

export const csvFunctions: FunctionTable = {
  csvdecode: {
    parameters: [{ name: 'str', type: stringType }],
    returns: anyType,
    call: (args, invocation) => {
      const records = parseRecords(asText(args[0]));
      const header = records.next();
      if (header.done === true) throw new EvaluationError('missing header line');
      const names = header.value.fields.map((field) => toNormalForm(field));
      const seen = new Set<string>();
      for (const name of names) {
        if (seen.has(name)) throw new EvaluationError(`duplicate column name ${JSON.stringify(name)}`);
        seen.add(name);
      }
      const rows = [];
      for (const { fields, line } of records) {
        if (fields.length !== names.length) throw fault(line, 'wrong number of fields');
        rows.push(objectValue(fields.map((field, index) => [names[index]!, stringValue(field)] as const)));
        checkItemCount(rows.length * names.length, invocation);
      }
      return listValue(rows, objectType(names.map((name) => [name, stringType] as const)));
    },
  },
};

interface Record {
  readonly fields: readonly string[];
  /** From 1; where the record begins. */
  readonly line: number;
}

function* parseRecords(text: string): Generator<Record, void, undefined> {
  // A carriage return at the end of a line counts as part of the line's end, in quotes too.
  const lines = text
    .replace(/\r\n/g, '\n')
    .replace(/\r$/, '')
    .split(/(?<=\n)/);
  let next = 0;
  while (next < lines.length) {
    const start = next + 1;
    let line = lines[next++]!;
    if (line === '\n' || line === '') continue;
    const fields: string[] = [];
    for (let ended = false; !ended; ) {
      if (!line.startsWith('"')) {
        const end = /[,\n]/.exec(line)?.index ?? line.length;
        const field = line.slice(0, end);
        if (field.includes('"')) throw fault(next, 'bare " in non-quoted-field');
        fields.push(field);
        ended = line[end] !== ',';
        line = line.slice(end + 1);
        continue;
      }
      line = line.slice(1);
      let field = '';
      for (;;) {
        const quote = line.indexOf('"');
        if (quote === -1) {
          field += line;
          if (next >= lines.length) throw fault(next, 'extraneous or missing " in quoted-field');
          line = lines[next++]!;
          continue;
        }
        field += line.slice(0, quote);
        line = line.slice(quote + 1);
        if (!line.startsWith('"')) break;
        field += '"';
        line = line.slice(1);
      }
      fields.push(field);
      if (line.startsWith(',')) line = line.slice(1);
      else if (line === '\n' || line === '') ended = true;
      else throw fault(next, 'extraneous or missing " in quoted-field');
    }
    yield { fields, line: start };
  }
}

function fault(line: number, what: string): EvaluationError {
  return new EvaluationError(`CSV parse error on line ${line}: ${what}`);
}
