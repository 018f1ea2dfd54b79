/** What `tfsg init` found, and what it proposes to do next. */

import type { Survey } from '../config/init/survey.ts';
import type { FileSystem } from '../files.ts';
import type { Report } from '../report/report.ts';
import { documentAddress } from '../site.ts';
import { formatCount, formatList } from '../text/count.ts';

/** Lines for people. */
export function foundLines({ summary }: Report, { fixtures, environments, tools }: Survey): readonly string[] {
  const { files, directories, groups, rules } = summary;
  const counts = [formatCount(files, 'file'), formatCount(directories, 'directory', 'directories')];
  const model = [formatCount(groups, 'security group'), formatCount(rules, 'rule')];
  const list = <T>(what: string, items: readonly T[], nameOf: (item: T) => string): readonly string[] =>
    items.length === 0 ? [] : [`${what}: ${formatList(items.map(nameOf))}`];
  return [
    `${counts.join(' in ')}, with ${formatList(model)}`,
    ...list('variable files', environments, ({ varFiles }) => varFiles.join(' and ')),
    ...list('examples and tests with findings', fixtures, ({ name }) => name),
    ...list('suppression comments', tools, ({ tool, comments }) => `${comments} of ${tool}`),
  ];
}

/** Files by which a CI server is known, with the page or example for it. */
const servers = [
  { name: 'GitHub Actions', path: '.github/workflows', page: 'docs/ci/github.yml' },
  { name: 'GitLab', path: '.gitlab-ci.yml', page: 'docs/ci/gitlab.yml' },
  { name: 'Azure Pipelines', path: 'azure-pipelines.yml', page: 'docs/ci/azure.yml' },
  { name: 'Jenkins', path: 'Jenkinsfile', page: 'docs/ci/Jenkinsfile' },
  { name: 'Atlantis', path: 'atlantis.yaml', page: 'docs/recipes.md#atlantis' },
  { name: 'Terramate', path: 'terramate.tm.hcl', page: 'docs/recipes.md#terramate' },
  { name: 'MegaLinter', path: '.mega-linter.yml', page: 'docs/recipes.md#megalinter' },
  { name: 'Trunk', path: '.trunk/trunk.yaml', page: 'docs/recipes.md#trunk' },
] as const;

const hooks = [
  {
    path: '.pre-commit-config.yaml',
    step: `add the hook "tfsg" to .pre-commit-config.yaml (${documentAddress('docs/pre-commit.md')})`,
  },
  { path: 'lefthook.yml', step: 'add a command "tfsg -- {staged_files}" to lefthook.yml' },
  { path: '.husky', step: 'add "*.{tf,tofu,tfvars}": "tfsg --only-given --" to lint-staged' },
] as const;

/** Commands and pages for a repository. @param findings that there are now */
export function nextSteps(fileSystem: FileSystem, findings: number, hasBaseline: boolean): readonly string[] {
  const isThere = (path: string): boolean =>
    fileSystem.read(path).kind === 'file' || fileSystem.list(path).kind === 'directory';
  const record =
    findings === 0 || hasBaseline
      ? []
      : [`record the ${formatCount(findings, 'finding')}, so that only new ones fail: tfsg baseline`];
  const hook = hooks.find(({ path }) => isThere(path)) ?? hooks[0];
  const ofCi = servers
    .filter(({ path }) => isThere(path))
    .map(({ name, page }) => `run tfsg in ${name}: ${documentAddress(page)}`);
  return [...record, hook.step, ...(ofCi.length > 0 ? ofCi : [`run tfsg in CI: ${documentAddress('docs/ci.md')}`])];
}
