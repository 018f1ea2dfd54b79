/** Which documents are tfsg's. */

/** What tfsg reads, whatever language it is to other extensions; and what has no file yet, by their names of languages. */
export const selector = [
  { scheme: 'file', pattern: '**/*.{tf,tofu,tfvars}' },
  { scheme: 'file', pattern: '**/*.{tf,tofu,tfvars}.json' },
  { scheme: 'file', pattern: '**/*.hcl' },
  { scheme: 'file', pattern: '**/{terragrunt.*,*.tfcomponent,*.tfdeploy}.json' },
  { scheme: 'file', pattern: '**/*.tfsgrc.json' },
  { scheme: 'untitled', language: 'terraform' },
  { scheme: 'untitled', language: 'opentofu' },
];
