/** Files beside the configuration that Terraform or another tool reads, but tfsg does not. */

import { isConfigurationFile } from './configuration-files.ts';
import { isTestFile } from './test-files.ts';

/** Whether a file, by its path, is a Terragrunt unit or stack. */
export const isTerragruntFile = (path: string): boolean =>
  /(?:^|\/)terragrunt(?:\.stack\.hcl|\.hcl(?:\.json)?)$/.test(path);

/**
 * Whether a file, by its name, belongs to a Terraform stack.
 *
 * Source: https://developer.hashicorp.com/terraform/language/stacks
 */
export const isStackFile = (name: string): boolean => /\.(?:tfcomponent|tfstack|tfdeploy)\.(?:hcl|json)$/.test(name);

/** @param paths of symbolic links that lead out of the tree, at least one, in the order found */
export function describeLinks(paths: readonly string[]): string {
  return paths.length === 1
    ? 'This symbolic link points to a directory outside the tree, which tfsg does not read.'
    : `${paths.length} symbolic links point to directories outside the tree, which tfsg does not read. This is the first.`;
}

/** Why a file that was named can't be linted, as the end of a sentence; undefined for one that stands for its directory. */
export function whyNotLinted(path: string, bytes: Uint8Array): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  // Variable files and tests belong to the configuration in their folder, and so does tfsg's own file.
  if (isConfigurationFile(name) || isTestFile(name) || /\.tfvars(?:\.json)?$/.test(name)) return undefined;
  if (name === '.tfsgrc.json' || isTerragruntFile(name) || isStackFile(name)) return undefined;
  if (/\.(?:tf|tofu)(?:\.json)?[~#]?$/.test(name)) {
    return 'Terraform ignores files with this name, and so does tfsg';
  }
  if (isPlan(bytes)) return 'this is a plan, and not a configuration';
  return 'this is not a Terraform file. tfsg reads .tf, .tofu, .tf.json, .tofu.json and .tfvars files, terragrunt.hcl and files of stacks';
}

/** Whether this is a zip archive, as `terraform plan -out` writes one. */
export const isZip = (bytes: Uint8Array): boolean => Buffer.from('PK\x03\x04').equals(bytes.subarray(0, 4));

/** Whether this is what `terraform show -json` prints, or a plan as `terraform plan -out` writes it, which is a zip. */
export function isPlan(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 4096));
  if (isZip(bytes)) return true;
  // PowerShell writes UTF-16.
  const text = start.toString(start[1] === 0 || start[0] === 0xff ? 'utf16le' : 'utf8');
  return /^\ufeff?\s*\{\s*"format_version"/.test(text);
}
