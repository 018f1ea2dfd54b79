/** Faults of the descriptions of groups and rules. */

import type { Hit, TextPattern } from '../../findings/check.ts';
import { type Fact, type KnownFact, waitsFor } from '../../model/fact.ts';
import { spansBehind } from '../../model/place.ts';
import type { Addressed } from '../../model/rule.ts';
import { textOf } from '../../source/span.ts';
import { SENSITIVE } from '../../text/sensitive.ts';

/** Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group#description-1 */
const defaultOfProvider = 'Managed by Terraform';

/** The longest description of a group or rule that AWS takes (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html). */
const maximumLength = 255;

/** The options of both checks of descriptions. */
export const descriptionOptions = {
  pattern: {
    type: 'pattern',
    default: '',
    summary:
      'Regular expression that descriptions must match, such as a ticket number, without lookarounds and backreferences; "" for anything.',
  },
  minLength: {
    type: 'integer',
    default: 1,
    min: 1,
    max: maximumLength,
    summary: 'Minimum number of characters, without leading and trailing spaces.',
  },
} as const;

interface DescriptionRequirements {
  readonly pattern: TextPattern | undefined;
  readonly minLength: number;
}

interface DescriptionFault extends Pick<Hit, 'answer' | 'place' | 'message' | 'reasons'> {
  /** What is said of several: `have no description`; absent where it is not decided. */
  readonly many?: string;
}

/**
 * The fault of a description, or undefined if it is good enough.
 *
 * @param what a name for the group or rule: `aws_security_group.web`, `this ingress rule of aws_security_group.web`
 * @param consequence completes "... has no description"
 * @param existsIf what decides whether the group or rule exists; empty for a certain one. It counts where the description is not
 *   known alone: what is written without one lacks it in every case
 */
export function descriptionFault(
  description: Fact<string | null>,
  { pattern, minLength }: DescriptionRequirements,
  what: string,
  consequence: string,
  existsIf: readonly string[],
): DescriptionFault | undefined {
  const place = description;
  if (description.kind === 'unknown') {
    if (pattern === undefined && minLength <= 1 && isSurelyText(description)) return undefined;
    const reasons = [...new Set([...existsIf, ...waitsFor(description.reasons)])].sort();
    return {
      answer: 'unknown',
      place,
      message: `${capitalized(what)} may have no description${consequence}.`,
      reasons,
    };
  }
  const said = sayFault(description, pattern, minLength, what, consequence);
  return said && { answer: 'yes', place, ...said, reasons: [] };
}

function sayFault(
  description: KnownFact<string | null>,
  pattern: TextPattern | undefined,
  minLength: number,
  what: string,
  consequence: string,
): Required<Pick<DescriptionFault, 'message' | 'many'>> | undefined {
  const { value } = description;
  if (value === null)
    return { message: `${capitalized(what)} has no description${consequence}.`, many: 'have no description' };
  const text = value.trim();
  const length = [...text].length;
  const shown = description.isSensitive === true ? SENSITIVE : `"${text}"`;
  if (length === 0) return { message: `The description of ${what} is blank.`, many: 'have a blank description' };
  if (text === defaultOfProvider)
    return {
      message: `${shown} does not say what ${what} is for.`,
      many: `have only "${defaultOfProvider}" for a description`,
    };
  if (length < minLength) {
    const size = description.isSensitive === true ? 'a description needs' : `${length} of`;
    return {
      message: `${shown} is too short to explain ${what}: ${size} at least ${minLength} characters.`,
      many: `have a description of fewer than ${minLength} characters`,
    };
  }
  if (pattern !== undefined && !pattern.test(value))
    return {
      message: `${shown} does not match ${pattern}, the required pattern of descriptions.`,
      many: `have a description that does not match ${pattern}`,
    };
  return undefined;
}

/** The address inside its module: where the finding stands says which module that is. */
export function localAddress({ resourceAddress, calls }: Addressed): string {
  return resourceAddress.slice(
    calls.reduce((length, { name }) => length + (name === '' ? 0 : `module.${name}.`.length), 0),
  );
}

/** Addresses stay as they are. */
function capitalized(what: string): string {
  return what.replace(/^this /, 'This ');
}

/** Whether a text that is unknown in part has text around that part: `"SSH from ${data.aws_vpc.main.id}"` is not blank. */
function isSurelyText({ span, origin, ...fact }: Fact<string | null>): boolean {
  if (fact.kind === 'unknown' && fact.pieces?.some((piece) => piece !== undefined && piece.trim() !== '') === true)
    return true;
  return [span, ...spansBehind(origin)].some((each) => {
    const literal = /^"(.*)"$/s.exec(textOf(each))?.[1]?.replace(/\$\{[^{}"]*\}/g, '');
    return literal !== undefined && literal.trim() !== '' && !/[$%]\{/.test(literal);
  });
}
