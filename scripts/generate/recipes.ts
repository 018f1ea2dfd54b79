/** Files for the catalogues of other programs, from the checks and the version. */

import { stringify } from 'yaml';
import { isOnIn } from '../../src/config/presets.ts';
import type { Check } from '../../src/findings/check.ts';
import type { Severity } from '../../src/findings/severity.ts';
import { jsonText, type Output } from './output.ts';

const folder = 'docs/recipes';

/** @param site address of the documentation's site, with a slash at the end; undefined as long as there is none */
export function recipes(checks: readonly Check[], version: string, site: string | undefined): readonly Output[] {
  const yaml = (path: string, comment: string, value: object): Output => ({
    path: `${folder}/${path}`,
    text: `# ${comment}\n# Written by scripts/generate.ts.\n${stringify(value, { lineWidth: 0 })}`,
  });
  return [
    yaml(
      'mega-linter-plugin-tfsg/tfsg.megalinter-descriptor.yml',
      'A plugin of MegaLinter: PLUGINS in .mega-linter.yml names the address of this file.',
      megaLinter(version),
    ),
    yaml(
      'trunk/plugin.yaml',
      'A plugin of Trunk, for linters/tfsg/plugin.yaml of a plugin repository.',
      trunk(version),
    ),
    { path: `${folder}/schemastore.json`, text: jsonText(schemaStore(site)) },
    { path: `${folder}/codacy/patterns.json`, text: jsonText(codacyPatterns(checks, version)) },
    { path: `${folder}/codacy/description.json`, text: jsonText(codacyDescriptions(checks)) },
  ];
}

/** An entry of https://github.com/SchemaStore/schemastore/blob/master/src/api/json/catalog.json */
function schemaStore(site = 'https://example.com/OWNER/tfsg/'): object {
  return {
    name: 'tfsg',
    description: 'Configuration of tfsg, the security-group analyzer for Terraform',
    fileMatch: ['.tfsgrc.json', '*.tfsgrc.json'],
    url: `${site}schema/tfsgrc.schema.json`,
  };
}

/** https://megalinter.io/latest/json-schemas/descriptor.html; plugins are installed by RUN lines alone. */
function megaLinter(version: string): object {
  return {
    descriptor_id: 'TERRAFORM',
    descriptor_type: 'tooling_format',
    descriptor_flavors: ['terraform', 'security'],
    file_extensions: ['.tf', '.tofu', '.tfvars'],
    linters: [
      {
        linter_name: 'tfsg',
        name: 'TERRAFORM_TFSG',
        linter_url: 'https://www.npmjs.com/package/tfsg',
        // One run for the whole repository: each finding once, with what callers give to modules.
        cli_lint_mode: 'project',
        cli_lint_extra_args: ['--no-color'],
        cli_lint_extra_args_after: ['.'],
        can_output_sarif: true,
        cli_sarif_args: ['--output', 'sarif={{SARIF_OUTPUT_FILE}}'],
        examples: ['tfsg --no-color .'],
        install: { dockerfile: [`RUN npm install --global tfsg@${version}`] },
      },
    ],
  };
}

/** https://docs.trunk.io/code-quality/overview/cli/getting-started/configuration/lint/definitions */
function trunk(version: string): object {
  return {
    version: 0.1,
    tools: {
      definitions: [{ name: 'tfsg', runtime: 'node', package: 'tfsg', shims: ['tfsg'], known_good_version: version }],
    },
    lint: {
      definitions: [
        {
          name: 'tfsg',
          files: ['terraform'],
          tools: ['tfsg'],
          commands: [
            {
              name: 'lint',
              // Trunk asks about the files that changed.
              run: 'tfsg --only-given --format=sarif -- ${target}',
              output: 'sarif',
              success_codes: [0, 1],
              read_output_from: 'stdout',
              batch: true,
              is_security: true,
            },
          ],
          direct_configs: ['.tfsgrc.json'],
          suggest_if: 'config_present',
          known_good_version: version,
          version_command: { parse_regex: '${semver}', run: 'tfsg --version' },
        },
      ],
    },
  };
}

/** https://github.com/codacy/codacy-plugins-api */
const codacyCategories: Readonly<Record<Check['topic'], string>> = {
  exposure: 'Security',
  apply: 'ErrorProne',
  hygiene: 'BestPractice',
};

const codacyLevels: Readonly<Record<Severity, string>> = {
  critical: 'Error',
  high: 'Error',
  medium: 'Warning',
  low: 'Info',
  info: 'Info',
};

function codacyPatterns(checks: readonly Check[], version: string): object {
  return {
    name: 'tfsg',
    version,
    patterns: checks.map((check) => ({
      patternId: check.id,
      level: codacyLevels[check.severity],
      category: codacyCategories[check.topic],
      parameters: [],
      enabled: isOnIn('tfsg:recommended', check),
    })),
  };
}

function codacyDescriptions(checks: readonly Check[]): object {
  return checks.map(({ id, summary }) => ({ patternId: id, title: id, description: `${summary}.`, parameters: [] }));
}
