/** Baselines of version 1, which contain numbers from messages; to be removed when they are no longer in use. */

import { groupBy } from '../../collections/group-by.ts';
import { type Cidr, parseCidr } from '../../network/cidr.ts';
import { isShortened, normalizedText } from '../content.ts';
import type { Part } from '../finding.ts';
import { placesOf } from './entry.ts';

/** Read from files of version 1, and written again as long as no run reads the file that they are of. */
export interface OldEntry {
  readonly check: string;
  readonly file: string;
  /** Empty, as the content is, where several rules are at fault together. */
  readonly subject: string;
  /** The text of the place. */
  readonly content: string;
  /** Numbers of the message: ports, blocks, counts, limits. Absent where the fault is about none. */
  readonly traffic?: string;
  /** How many places are like this; at least 1. */
  readonly count: number;
}

export interface HiddenByOld {
  readonly parts: readonly Part[];
  /** What of the entries was not used up. */
  readonly rest: readonly OldEntry[];
}

/** Each entry hides as many places as it counts, at each of them all parts that it may have been written for. */
export function hideByOld(entries: readonly OldEntry[], parts: readonly Part[]): HiddenByOld {
  if (entries.length === 0) return { parts: [], rest: [] };
  const left = new Map(entries.map((entry) => [entry, entry.count]));
  const byCheck = groupBy(entries, ({ file, check }) => `${check} ${file}`);
  const hidden: Part[] = [];
  const known = parts.filter((part) => part.identity !== undefined);
  for (const [key, same] of groupBy(known, ({ span, check }) => `${check} ${span.file.path}`)) {
    const candidates = byCheck.get(key) ?? [];
    for (const place of candidates.length === 0 ? [] : placesOf(same)) {
      const content = normalizedText(place[0].span);
      const used = new Set<OldEntry>();
      for (const part of place) {
        const [entry] = candidates
          .filter((each) => (used.has(each) || left.get(each)! > 0) && isFor(each, part, content))
          .map((each) => ({ each, likeness: likenessOf(each, part, content) + (used.has(each) ? 0.5 : 0) }))
          .sort((a, b) => b.likeness - a.likeness)
          .map(({ each }) => each);
        if (entry === undefined) continue;
        if (!used.has(entry)) left.set(entry, left.get(entry)! - 1);
        used.add(entry);
        hidden.push(part);
      }
    }
  }
  const rest = entries.map((entry) => ({ ...entry, count: left.get(entry)! }));
  return { parts: hidden, rest: rest.filter(({ count }) => count > 0) };
}

const isOfSeveral = ({ subject, content }: OldEntry): boolean => subject === '' && content === '';

/** Numbers can be counts and limits, too: so it is enough that one port and one block of the fault are among them. */
function isFor(entry: OldEntry, { subject, identity }: Part, content: string): boolean {
  const isSubject = isOfSeveral(entry) || subject === entry.subject || subject.endsWith(`.${entry.subject}`);
  if (!isSubject) return false;
  const { traffic = '', peers = '' } = identity!;
  const numbers = entry.traffic?.split(' ') ?? [];
  if (!sharesPorts(numbers, traffic.split(' '), isOfSeveral(entry))) return false;
  const isNamed = namesBlock(numbers, peers);
  return isNamed ?? (isOfSeveral(entry) || entry.content === content);
}

/** How many of the texts of a fault an entry has: of several entries that may be for it, the most alike is. */
function likenessOf({ content, traffic = '' }: OldEntry, { identity }: Part, own: string): number {
  const numbers = new Set(traffic.split(' '));
  const words = [identity!.traffic, identity!.traffic?.replaceAll(/\/\w+/g, ''), identity!.peers].flatMap(
    (texts) => texts?.split(' ') ?? [],
  );
  return words.filter((word) => numbers.has(word)).length + (content === own ? 1 : 0);
}

interface Ports {
  readonly first: number;
  readonly last: number;
  /** Undefined for both. */
  readonly protocol: string | undefined;
}

/** @param isBare whether ports were told without their protocol */
function sharesPorts(numbers: readonly string[], traffic: readonly string[], isBare: boolean): boolean {
  const named = numbers.flatMap(portsOf).filter(({ protocol }) => (protocol === undefined) === isBare);
  const mine = traffic.flatMap(portsOf).filter(({ protocol }) => protocol !== undefined);
  if (named.length === 0 || mine.length === 0) return true;
  return named.some((a) =>
    mine.some((b) => a.first <= b.last && b.first <= a.last && (a.protocol ?? b.protocol) === b.protocol),
  );
}

function portsOf(text: string): Ports[] {
  const [, first, last, protocol] = /^(\d+)(?:-(\d+))?(?:\/(tcp|udp))?$/.exec(text) ?? [];
  return first === undefined ? [] : [{ first: Number(first), last: Number(last ?? first), protocol }];
}

/** Whether a block of some peers is among some numbers; undefined where either has none that can be compared. */
function namesBlock(numbers: readonly string[], peers: string): boolean | undefined {
  const named = numbers.flatMap(blockOf);
  // Of IPv6 blocks, only those that start with a digit or `::` were told.
  const mine = peers
    .split(' ')
    .filter((peer) => /^(?:\d|::)/.test(peer))
    .flatMap(blockOf);
  if (named.length === 0 || mine.length === 0 || isShortened(peers)) return undefined;
  return mine.some((block) => named.some((each) => each.family === block.family && coversBlock(each, block)));
}

const coversBlock = (a: Cidr, b: Cidr): boolean => a.first <= b.first && b.last <= a.last;

function blockOf(text: string): Cidr[] {
  const read = parseCidr(text);
  return read.kind === 'canonical' || read.kind === 'spelling' ? [read.cidr] : [];
}
