/** What a YAML scalar means to Terraform: a mixture of YAML 1.1 and 1.2 (go-cty-yaml, resolve.go). */

import { EvaluationError } from '../values/errors.ts';
import { fromBigInt, infinity, numberValue } from '../values/number.ts';
import { parseNumber } from '../values/number-text.ts';
import { boolValue, nullValue, stringValue, type Value } from '../values/value.ts';

export interface ScalarText {
  readonly text: string;
  readonly form: 'plain' | 'quoted' | 'block';
  /** In full: `tag:yaml.org,2002:str`. */
  readonly tag: string | undefined;
}

/** `<<`: as a mapping's key, it merges the value into the mapping. */
export const mergeKey = 'merge';

const tagPrefix = 'tag:yaml.org,2002:';

/** The same in full, which only OpenTofu takes. */
export const mergeTag = `${tagPrefix}merge`;

const tags = ['str', 'bool', 'int', 'float', 'null', 'timestamp', 'binary'];
const trueWords = ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'];
const falseWords = ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'];
const nullWords = ['', '~', 'null', 'Null', 'NULL'];
const infinityWords = /^([+-]?)\.(?:inf|Inf|INF)$/;
const integerWords = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const floatWords = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** @throws EvaluationError for tags that Terraform does not know, and text that is not what its tag says */
export function resolveScalar({ text, form, tag }: ScalarText): Value | typeof mergeKey {
  let type = tag?.startsWith(tagPrefix) ? tag.slice(tagPrefix.length) : undefined;
  if (tag !== undefined && (type === undefined || !tags.includes(type))) {
    throw new EvaluationError(`unsupported tag ${JSON.stringify(tag)}`);
  }
  const isHinted = text === '' || /^[+\-0-9yYnNtTfFoO~.]/.test(text);
  if (isHinted && type !== 'str' && type !== 'binary') {
    if (form === 'quoted') return stringValue(text);
    const word = wordValue(text);
    if (word !== undefined) return word;
    if (type === undefined && /^\.(?:nan|NaN|NAN)$/.test(text)) {
      throw new EvaluationError('floating point NaN is not supported');
    }
    if (text.startsWith('.')) {
      const number = parseNumber(text);
      if (number !== undefined) return numberValue(number);
    } else if (/^[+\-0-9]/.test(text)) {
      const timestamp = type === undefined || type === 'timestamp' ? timestampText(text) : undefined;
      if (timestamp !== undefined) return stringValue(timestamp);
      if (integerWords.test(text)) type = 'int';
      else if (floatWords.test(text)) type = 'float';
    }
  }
  if (tag === undefined && type === undefined && text === '<<') return mergeKey;
  return typedValue(text, type);
}

function wordValue(text: string): Value | undefined {
  if (trueWords.includes(text)) return boolValue(true);
  if (falseWords.includes(text)) return boolValue(false);
  if (nullWords.includes(text)) return nullValue();
  const match = infinityWords.exec(text);
  return match === null ? undefined : numberValue(infinity(match[1] === '-' ? -1 : 1));
}

function typedValue(text: string, type: string | undefined): Value {
  const refused = (): never => {
    throw new EvaluationError(`cannot parse ${JSON.stringify(text)} as ${tagPrefix}${type}`);
  };
  switch (type) {
    case 'int':
    case 'float': {
      const plain = text.replaceAll('_', '');
      const number = parseNumber(plain);
      if (number !== undefined) return numberValue(number);
      const based = /^([+-]?)(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.exec(plain);
      if (based === null) return refused();
      const value = BigInt(based[2]!);
      return value >= 2n ** 64n ? refused() : numberValue(fromBigInt(based[1] === '-' ? -value : value), undefined, 64);
    }
    case 'bool': {
      const word = wordValue(text);
      return word?.kind === 'bool' ? word : refused();
    }
    case 'null':
      return nullValue();
    case 'timestamp': {
      const timestamp = timestampText(text);
      return timestamp === undefined ? refused() : stringValue(timestamp);
    }
    case 'binary':
      if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.replace(/[\r\n]/g, ''))) {
        throw new EvaluationError(`cannot parse ${JSON.stringify(text)} as ${tagPrefix}binary: not valid base64`);
      }
      return stringValue(text);
    default:
      return stringValue(text);
  }
}

const timestampWords =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2}))|(?: ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?))?$/;

/** The timestamp in RFC 3339, without fractions of a second; undefined for what is none. */
function timestampText(text: string): string | undefined {
  const match = timestampWords.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = ''] = match;
  const [hour = '0', minute = '0', second = '0'] = match[4] === undefined ? match.slice(8) : match.slice(4);
  const zone = match[7] ?? 'Z';
  const last = new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate();
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > last) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const two = (number: string): string => number.padStart(2, '0');
  const isUtc = zone === 'Z' || zone === '+00:00' || zone === '-00:00';
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${isUtc ? 'Z' : zone}`;
}
