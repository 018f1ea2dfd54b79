/** Which files of a directory Terraform reads as configuration. */

const configurationFile = /^(?<name>.+?)(?<extension>\.(?:tf|tofu)(?:\.json)?)$/;

/**
 * Whether Terraform or OpenTofu reads a file of this name as configuration; editors' backup files are left out as they do.
 *
 * Source: https://developer.hashicorp.com/terraform/language/files and `IsIgnoredFile` in
 * https://github.com/hashicorp/terraform/blob/v1.11.4/internal/configs/parser_config_dir.go
 */
export function isConfigurationFile(name: string): boolean {
  if (name.startsWith('.') || name.endsWith('~') || (name.startsWith('#') && name.endsWith('#'))) return false;
  return configurationFile.test(name);
}

/** The configuration files among a directory's names: `x.tofu` shadows `x.tf`, `x.tofu.json` shadows `x.tf.json`. */
export function configurationFiles(names: readonly string[]): string[] {
  const present = new Set(names);
  return names.filter((name) => {
    if (!isConfigurationFile(name)) return false;
    if (name.endsWith('.tf')) return !present.has(`${name.slice(0, -'.tf'.length)}.tofu`);
    if (name.endsWith('.tf.json')) return !present.has(`${name.slice(0, -'.tf.json'.length)}.tofu.json`);
    return true;
  });
}

export function isOverrideFile(name: string): boolean {
  const base = configurationFile.exec(name)?.groups?.['name'];
  return base === 'override' || base?.endsWith('_override') === true;
}
