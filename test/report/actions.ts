/** Lines of a log as GitHub's runner reads them: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs */

export interface ActionCommand {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const registered = new Set(
  'error warning notice debug group endgroup echo add-mask add-matcher remove-matcher stop-commands set-env set-output save-state add-path'.split(
    ' ',
  ),
);

/** What a line makes the runner do; undefined if it is text. Both syntaxes are known: the second may stand anywhere in a line. */
export function parseCommand(line: string): ActionCommand | undefined {
  return current(line.trimStart()) ?? former(line);
}

function current(line: string): ActionCommand | undefined {
  const end = line.startsWith('::') ? line.indexOf('::', 2) : -1;
  if (end === -1) return undefined;
  return commandOf(line.slice(2, end), ',', line.slice(end + 2), [
    ['%0D', '\r'],
    ['%0A', '\n'],
    ['%3A', ':'],
    ['%2C', ','],
    ['%25', '%'],
  ]);
}

function former(line: string): ActionCommand | undefined {
  const start = line.indexOf('##[');
  const end = start === -1 ? -1 : line.indexOf(']', start);
  if (end === -1) return undefined;
  return commandOf(line.slice(start + 3, end), ';', line.slice(end + 1), [
    ['%3B', ';'],
    ['%0D', '\r'],
    ['%0A', '\n'],
    ['%5D', ']'],
    ['%25', '%'],
  ]);
}

type Escapes = readonly (readonly [escaped: string, character: string])[];

function commandOf(info: string, separator: string, data: string, escapes: Escapes): ActionCommand | undefined {
  const space = info.indexOf(' ');
  const command = space === -1 ? info : info.slice(0, space);
  if (!registered.has(command.toLowerCase())) return undefined;
  const pairs =
    space === -1
      ? []
      : info
          .slice(space + 1)
          .trim()
          .split(separator);
  const properties = pairs.flatMap((pair) => {
    const at = pair.indexOf('=');
    // The runner loses equal signs at the start of a value.
    const value = pair.slice(at + 1).replace(/^=+/, '');
    return at > 0 && value !== '' ? [[pair.slice(0, at), decode(value, escapes)] as const] : [];
  });
  const escapesOfData = escapes.filter(([, character]) => !':,;]'.includes(character));
  return { command, properties: Object.fromEntries(properties), data: decode(data, escapesOfData) };
}

function decode(text: string, escapes: Escapes): string {
  return escapes.reduce((result, [escaped, character]) => result.replaceAll(escaped, character), text);
}
