/** A reader of the XML that reports are made of; stricter than XML, so that whatever it takes any reader takes. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** Of the element itself. */
  readonly text: string;
}

const characters = /^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
const token = /<\?xml version="1\.0" encoding="UTF-8"\?>\n|<(\/?)([a-z]+)((?: [a-z]+="[^"<\n]*")*)(\/?)>|[^<>]+/gy;
const decoded: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#35': '#',
  '#58': ':',
};

/** @throws if the text is no document of one element, or not well-formed */
export function parseXml(xml: string): Element {
  if (!characters.test(xml)) throw new Error('a character that XML does not have');
  const root = { name: '', attributes: {}, children: [] as Element[], text: '' };
  const open = [root];
  token.lastIndex = 0;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    if (match === null) throw new Error(`no XML at ${JSON.stringify(xml.slice(at, at + 40))}`);
    const [whole, close, name, attributes, empty] = match;
    const top = open.at(-1)!;
    if (name === undefined) {
      if (!whole.startsWith('<?')) top.text += decode(whole);
    } else if (close === '/') {
      if (top.name !== name) throw new Error(`</${name}> ends <${top.name}>`);
      open.pop();
    } else {
      const element = { name, attributes: attributesOf(attributes ?? ''), children: [], text: '' };
      top.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  if (open.length !== 1 || root.children.length !== 1 || root.text.trim() !== '') throw new Error('not one element');
  return root.children[0]!;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/ ([a-z]+)="([^"]*)"/g)].map((match) => [match[1]!, decode(match[2]!)] as const);
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new Error(`an attribute twice in ${text}`);
  return Object.fromEntries(pairs);
}

function decode(text: string): string {
  return text.replace(/&([^;]*);?/g, (entity, name: string) => {
    const character = decoded[name];
    if (character === undefined || !entity.endsWith(';')) throw new Error(`no entity: ${entity}`);
    return character;
  });
}
