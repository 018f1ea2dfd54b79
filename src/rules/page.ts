/** The page of an own rule, as Markdown. */

import { placeOf } from '../source/position.ts';
import { textOf } from '../source/span.ts';
import type { RuleDeclaration } from './declaration.ts';

export function pageOf({
  id,
  span,
  for: name,
  subject,
  when,
  message,
  severity,
  help,
  aliases,
  tags,
  options,
  examples,
}: RuleDeclaration): string {
  const facts = [
    `- Severity: ${severity}`,
    `- Declared in ${placeOf(span)}`,
    subject.about === 'opened' ? '- Asked of what a change opens, by `tfsg changes` alone' : `- Asked of each ${name}`,
    ...(aliases.length > 0 ? [`- Also known as: ${aliases.join(', ')}`] : []),
    ...(tags.length > 0 ? [`- Tags: ${tags.join(', ')}`] : []),
  ];
  const listed = Object.entries(options).map(
    ([option, { default: value, summary }]) => `- \`${option}\` (default ${JSON.stringify(value)}): ${summary}`,
  );
  const shown = (kind: 'fails' | 'passes'): readonly string[] =>
    examples
      .filter((each) => each.kind === kind)
      .flatMap(({ text, before, folder, environment }) => [
        ...(folder === undefined ? [] : [`In ${folder}:`]),
        ...(environment === undefined ? [] : [`For the environment ${environment}:`]),
        ...(before === undefined ? [] : ['In a change from this:', fenced(before.trim(), 'hcl'), 'to this:']),
        fenced(text.trim(), 'hcl'),
      ]);
  return [
    `# ${id}`,
    textOf(message).replace(/^"(.*)"$/s, '$1'),
    facts.join('\n'),
    ...(help === '' ? [] : ['## Remedy', help]),
    '## Condition',
    fenced(textOf(when), 'hcl'),
    ...(listed.length === 0 ? [] : ['## Options', listed.join('\n')]),
    '## Example',
    'Finds something:',
    ...shown('fails'),
    'Finds nothing:',
    ...shown('passes'),
  ]
    .join('\n\n')
    .concat('\n');
}

const fenced = (text: string, language: string): string => `\`\`\`${language}\n${text}\n\`\`\``;
