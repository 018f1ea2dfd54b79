/** The checks -> .tfsgrc.example.json, which says what holds without any configuration. */

import { settableOptions } from '../../src/config/keys/options.ts';
import { defaultPreset, isOnIn } from '../../src/config/presets.ts';
import type { Check, OptionDeclaration } from '../../src/findings/check.ts';
import type { Output } from './output.ts';

export function exampleConfig(checks: readonly Check[]): Output {
  const entries = checks.map((check, index) => {
    const comma = index < checks.length - 1 ? ',' : '';
    return `    // ${check.summary}.\n    ${JSON.stringify(check.id)}: ${settingOf(check)}${comma}`;
  });
  const text = `// The defaults without a .tfsgrc.json; copy what you want to change.
{
  "$schema": "./node_modules/tfsg/schema/tfsgrc.schema.json",
  // tfsg:recommended, tfsg:strict, tfsg:strict-by-reach, tfsg:cis, tfsg:off, or a file: "./base.tfsgrc.json"
  "extends": ["tfsg:recommended"],
  // Patterns, relative to this file's directory
  "include": ["**/*"],
  "exclude": [],
  // The lowest severity that fails the run (exit code 1): critical, high, medium, low or never
  "failOn": "low",
  // Whether to exit with 1 if a module was not read or an exposure check is undecided
  "failOnUnresolved": false,
  // Whether open ports that the internet does not reach are reported two severities lower
  "severityByReach": false,
  // "off", a severity, or [severity, { options }]; other tools' ids work too
  "checks": {
${entries.join('\n')}
  },
  // Check settings for some files or groups:
  // "overrides": [{ "files": ["bastion/**"], "groups": ["*-bastion"], "checks": { "admin-port-open": "off" } }],
  // Sources that are not reported, however wide they are:
  // "trusted": { "cidrs": ["203.0.113.0/24"], "prefixLists": ["pl-68a54001"], "groups": ["sg-0123"] },
  // Named sets of inputs; each root module is evaluated with each of them:
  // "environments": { "prod": { "varFiles": ["env/prod.tfvars"], "vars": {}, "workspace": "prod" } },
  // Which comments suppress findings:
  // "suppressions": { "inline": true, "requireReason": false, "honor": ["checkov", "tfsec", "trivy", "kics"], "locked": [] },
  // The file that records known findings, relative to this file's directory, or false for none
  "baseline": ".tfsg-baseline.json",
  // Allowed ingress of groups; enables the check policy:
  // "policy": [{ "groups": ["*-web"], "role": "web", "ingress": [{ "ports": [22], "from": ["10.0.0.0/8"] }] }],
  // What may not get from one place to another, and what has to; enables the checks of assertions:
  // "assert": [{ "deny": { "from": "internet", "to": "*-db" } }, { "permit": { "from": "*-lb", "to": "*-app", "ports": [8080] } }],
}
`;
  return { path: '.tfsgrc.example.json', text };
}

function settingOf(check: Check): string {
  const level = JSON.stringify(isOnIn(defaultPreset, check) ? check.severity : 'off');
  const options = settableOptions(check);
  if (options.length === 0) return level;
  const lines = options.map(([name, option], index) => {
    const comma = index < options.length - 1 ? ',' : '';
    return `        // ${option.summary}\n        ${JSON.stringify(name)}: ${defaultOf(option)}${comma}`;
  });
  return `[\n      ${level},\n      {\n${lines.join('\n')}\n      }\n    ]`;
}

function defaultOf(option: OptionDeclaration): string {
  return JSON.stringify(option.default).replaceAll(',', ', ');
}
