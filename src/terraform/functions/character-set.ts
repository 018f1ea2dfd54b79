/** Character sets by their IANA names (https://www.iana.org/assignments/character-sets), as far as Node decodes them. */

export interface CharacterSet {
  /** As Go's golang.org/x/text/encoding/ianaindex names it. */
  readonly name: string;
  /** Undefined for bytes that mean nothing. */
  readonly decode: (bytes: Uint8Array) => string | undefined;
  /** Undefined for text that the set can't hold. */
  readonly encode: (text: string) => Uint8Array | undefined;
}

/** Undefined for names that are not known here, though Terraform may know them. */
export function characterSet(name: string): CharacterSet | undefined {
  const wanted = name.toLowerCase();
  const found = sets.find(({ aliases }) => aliases.includes(wanted));
  return found?.set;
}

const decodeAs = (label: string, bytes: Uint8Array): string | undefined => {
  const text = new TextDecoder(label, { ignoreBOM: true }).decode(bytes);
  return text.includes('\ufffd') ? undefined : text;
};

const utf16 = (name: string, bigEndian: boolean): CharacterSet => ({
  name,
  decode: (bytes) => decodeAs(bigEndian ? 'utf-16be' : 'utf-16le', bytes),
  encode: (text) => {
    const bytes = Buffer.from(text, 'utf16le');
    return bigEndian ? bytes.swap16() : bytes;
  },
});

interface SingleByteOptions {
  /** What the WHATWG calls the set. */
  readonly label: string;
  /** Characters that Go gives other codes than the WHATWG does. */
  readonly others?: Readonly<Record<string, number>>;
  /** Whether U+0080 to U+009F occur. */
  readonly controls?: boolean;
}

/** One byte a character. */
function singleByte(name: string, { label, others = {}, controls = false }: SingleByteOptions): CharacterSet {
  const table = (): readonly string[] => {
    const decoder = new TextDecoder(label);
    const characters = Array.from({ length: 256 }, (_, code) => decoder.decode(Uint8Array.of(code)));
    for (const [character, code] of Object.entries(others)) characters[code] = character;
    return characters.map((each) => (!controls && /[\x80-\x9f]/.test(each) ? '\ufffd' : each));
  };
  return {
    name,
    decode: (bytes) => {
      const characters = table();
      const text = Array.from(bytes, (byte) => characters[byte]).join('');
      return text.includes('\ufffd') ? undefined : text;
    },
    encode: (text) => {
      const codes = new Map(table().map((character, code) => [character, code]));
      const bytes = Array.from(text, (character) => (character === '\ufffd' ? undefined : codes.get(character)));
      return bytes.every((byte) => byte !== undefined) ? Uint8Array.from(bytes) : undefined;
    },
  };
}

/** 0x80 to 0x9f in windows-1252, which Node's decoder takes for ISO-8859-1. */
const windows1252 = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ';

const latinParts: readonly (readonly [part: number, name: string])[] = [
  [2, 'ISO_8859-2:1987'],
  [3, 'ISO_8859-3:1988'],
  [4, 'ISO_8859-4:1988'],
  [5, 'ISO_8859-5:1988'],
  [6, 'ISO_8859-6:1987'],
  [7, 'ISO_8859-7:1987'],
  [8, 'ISO_8859-8:1988'],
  [10, 'ISO-8859-10'],
  [13, 'ISO-8859-13'],
  [14, 'ISO-8859-14'],
  [15, 'ISO-8859-15'],
];

/** The first 256 characters of Unicode, which Node's decoder of that name does not mean. */
const latin1: CharacterSet = {
  name: 'ISO_8859-1:1987',
  decode: (bytes) => Buffer.from(bytes).toString('latin1'),
  encode: (text) => (/^[\0-\xff]*$/.test(text) ? Buffer.from(text, 'latin1') : undefined),
};

const bigEndian = utf16('UTF-16BE', true);
const littleEndian = utf16('UTF-16LE', false);

const sets: readonly { readonly aliases: readonly string[]; readonly set: CharacterSet }[] = [
  {
    aliases: ['utf-8', 'csutf8'],
    set: { name: 'UTF-8', decode: (bytes) => decodeAs('utf-8', bytes), encode: (text) => Buffer.from(text) },
  },
  { aliases: ['utf-16be', 'csutf16be'], set: bigEndian },
  { aliases: ['utf-16le', 'csutf16le'], set: littleEndian },
  {
    aliases: ['utf-16', 'csutf16'],
    set: {
      name: 'UTF-16',
      decode: (bytes) => {
        const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
        const hasMark = isLittle || (bytes[0] === 0xfe && bytes[1] === 0xff);
        return (isLittle ? littleEndian : bigEndian).decode(hasMark ? bytes.subarray(2) : bytes);
      },
      encode: (text) => Buffer.from([0xfe, 0xff, ...bigEndian.encode(text)!]),
    },
  },
  {
    aliases: [
      'iso-8859-1',
      'iso_8859-1',
      'iso_8859-1:1987',
      'iso-ir-100',
      'latin1',
      'l1',
      'ibm819',
      'cp819',
      'csisolatin1',
    ],
    set: latin1,
  },
  ...latinParts.map(([part, name]) => ({
    aliases: [`iso-8859-${part}`, `iso_8859-${part}`, name.toLowerCase()],
    set: singleByte(name, { label: `iso-8859-${part}` }),
  })),
  ...[1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258].map((page) => ({
    aliases: [`windows-${page}`, `cswindows${page}`],
    set: singleByte(`windows-${page}`, {
      label: `windows-${page}`,
      controls: page === 1256,
      others: page === 1255 ? { '\u05ba': 0xca } : {},
    }),
  })),
  {
    aliases: ['windows-1252', 'cswindows1252'],
    set: singleByte('windows-1252', {
      label: 'windows-1252',
      others: Object.fromEntries(Array.from(windows1252, (character, index) => [character, 0x80 + index])),
    }),
  },
  { aliases: ['koi8-r', 'cskoi8r'], set: singleByte('KOI8-R', { label: 'koi8-r' }) },
  {
    aliases: ['koi8-u', 'cskoi8u'],
    set: singleByte('KOI8-U', { label: 'koi8-u', others: { '\u045e': 0xae, '\u040e': 0xbe } }),
  },
  {
    aliases: ['macintosh', 'mac', 'csmacintosh'],
    set: singleByte('macintosh', { label: 'macintosh', controls: true }),
  },
];
