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

/** One byte a character; `label` is what the WHATWG calls the set. */
const singleByte = (name: string, label: string): CharacterSet => ({
  name,
  decode: (bytes) => decodeAs(label, bytes),
  encode: (text) => {
    const decoder = new TextDecoder(label);
    const codes = new Map(Array.from({ length: 256 }, (_, code) => [decoder.decode(Uint8Array.of(code)), code]));
    const bytes = Array.from(text, (character) => (character === '\ufffd' ? undefined : codes.get(character)));
    return bytes.includes(undefined) ? undefined : Uint8Array.from(bytes as number[]);
  },
});

/** The first 256 characters of Unicode, which Node's decoder of that name does not mean. */
const latin1: CharacterSet = {
  name: 'ISO-8859-1',
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
  ...[2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16].map((part) => ({
    aliases: [`iso-8859-${part}`, `iso_8859-${part}`],
    set: singleByte(`ISO-8859-${part}`, `iso-8859-${part}`),
  })),
  ...[1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258].map((page) => ({
    aliases: [`windows-${page}`, `cswindows${page}`],
    set: singleByte(`windows-${page}`, `windows-${page}`),
  })),
  { aliases: ['koi8-r', 'cskoi8r'], set: singleByte('KOI8-R', 'koi8-r') },
  { aliases: ['koi8-u', 'cskoi8u'], set: singleByte('KOI8-U', 'koi8-u') },
  { aliases: ['macintosh', 'mac', 'csmacintosh'], set: singleByte('macintosh', 'macintosh') },
];
