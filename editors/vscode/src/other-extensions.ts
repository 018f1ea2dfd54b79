/** Extensions that bring a server of the language, and what tfsg leaves to them. */

/** Those that go to definitions and complete arguments. */
const others: readonly string[] = ['hashicorp.terraform', 'opentofu.vscode-opentofu', '4ops.terraform'];

/**
 * The settings of the section `tfsg` as the server is to have them: where it is left to the editor, what another extension does is not
 * done twice.
 *
 * @param isInstalled whether there is an extension with an id
 */
export function withoutDoubles(settings: unknown, isInstalled: (id: string) => boolean): unknown {
  if (typeof settings !== 'object' || settings === null) return settings;
  const { languageFeatures = 'auto' } = settings as { readonly languageFeatures?: unknown };
  return languageFeatures === 'auto' ? { ...settings, languageFeatures: !others.some(isInstalled) } : settings;
}
