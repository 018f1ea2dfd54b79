/** The code blocks of a Markdown page, and what the comments above them say of them. */

export interface Block {
  /** 1-based line of the opening fence. */
  readonly line: number;
  /** Empty if the fence names none. */
  readonly language: string;
  /** Each line ends with a line break. */
  readonly text: string;
  /** `<!-- name: value -->` above the block, in order. */
  readonly notes: readonly (readonly [name: string, value: string])[];
}

const fence =
  /^(?<notes>(?:<!-- [a-z ]+: .*? -->\n\n?)*)(?<indent> *)```(?<language>\S*)\n(?<text>.*?)^\k<indent>```$/gms;

/** Without what `npm run generate` writes and checks. */
const isGenerated = (page: string, offset: number): boolean => {
  const start = page.lastIndexOf('<!-- examples -->', offset);
  return start !== -1 && page.indexOf('<!-- /examples -->', start) > offset;
};

export function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(fence)].flatMap((match) => {
    const { notes, language, text, indent } = match.groups!;
    if (isGenerated(page, match.index)) return [];
    return [
      {
        line: page.slice(0, match.index + notes!.length).split('\n').length,
        language: language!,
        text: text!.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
        notes: [...notes!.matchAll(/<!-- ([a-z ]+): (.*?) -->/g)].map(([, name, value]) => [name!, value!] as const),
      },
    ];
  });
}

/** The page with other texts in its blocks, by line of the block. */
export function withTexts(page: string, texts: ReadonlyMap<number, string>): string {
  return page.replace(fence, (whole, ...rest) => {
    const { text } = rest.at(-1) as Readonly<Record<string, string>>;
    const offset = rest.at(-3) as number;
    const line = page.slice(0, offset + whole.indexOf('```')).split('\n').length;
    const written = texts.get(line);
    return written === undefined ? whole : `${whole.slice(0, -text!.length - 3)}${written}\`\`\``;
  });
}
