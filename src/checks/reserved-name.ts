/** Invalid names of security groups. */

import { defineCheck } from '../findings/check.ts';
import { describeCharacters, MAX_TEXT_LENGTH, refusedCharacters } from '../model/aws/group-text.ts';
import { type KnownFact, quotedFact } from '../model/fact.ts';
import { groupHit } from './shared/rule-fault.ts';

/**
 * How many characters Terraform puts behind a prefix: a time and a counter.
 *
 * Source: https://github.com/hashicorp/terraform-plugin-sdk/blob/main/helper/id/id.go
 */
const suffixLength = 26;

export const reservedName = defineCheck({
  id: 'reserved-name',
  summary: "A group's name is reserved, too long, or has characters that AWS rejects",
  label: 'reserved or invalid',
  help: 'Choose a name that AWS accepts.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html',
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_security_group.go',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const group of model.groups) {
      if (!group.form.hasEc2Texts) continue;
      for (const [place, longest] of [
        [group.name, MAX_TEXT_LENGTH],
        [group.namePrefix, MAX_TEXT_LENGTH - suffixLength],
      ] as const) {
        if (place.kind === 'unknown') {
          if (place.pieces?.[0]?.startsWith('sg-') === true)
            yield groupHit(group, { place, message: reservedPrefix('This name') });
          continue;
        }
        if (place.value === null) continue;
        const message = messageOf({ ...place, value: place.value }, longest, place === group.namePrefix);
        if (message !== undefined) yield groupHit(group, { place, message });
      }
    }
  },
});

const reservedPrefix = (name: string): string =>
  `${name} starts with "sg-", which is reserved for group IDs, so Terraform rejects it.`;

function messageOf(fact: KnownFact<string>, longest: number, isPrefix: boolean): string | undefined {
  const { value: name, isSensitive } = fact;
  const refused = refusedCharacters(name);
  if (name.startsWith('sg-')) {
    return reservedPrefix(quotedFact(fact));
  }
  // To AWS, names are the same whatever their case.
  if (name.toLowerCase() === 'default' && !isPrefix) {
    return `${quotedFact(fact)} is the name of the default group of every VPC, so AWS rejects a second one.`;
  }
  if (name.length > longest) {
    const why = isPrefix ? ` (Terraform appends ${suffixLength})` : '';
    return `The ${isPrefix ? 'prefix' : 'name'} has ${isSensitive === true ? '' : `${name.length} characters, `}more than the limit of ${longest}${isSensitive === true ? ' characters' : ''}${why}, so Terraform rejects it.`;
  }
  if (refused.length === 0) return undefined;
  const what = isSensitive === true ? 'invalid characters' : describeCharacters(refused);
  return `${quotedFact(fact)} contains ${what}, so AWS rejects the name.`;
}
