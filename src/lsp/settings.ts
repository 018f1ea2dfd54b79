/** The settings `tfsg.*` of an editor. */

export interface Settings {
  /** A configuration file in the place of the nearest .tfsgrc.json, relative to the workspace folder; undefined for none. */
  readonly config: string | undefined;
  /** When diagnostics follow the text. */
  readonly run: 'onType' | 'onSave';
  readonly inlayHints: boolean;
  readonly codeLens: boolean;
  /** Whether all files of the workspace folder are linted, and not only the directories of open documents. */
  readonly workspace: boolean;
  /** Whether to offer what servers of the language have too: definitions, references and names of arguments. `auto`: unless an editor knows of another one. */
  readonly languageFeatures: boolean | 'auto';
}

export const defaultSettings: Settings = {
  config: undefined,
  run: 'onType',
  inlayHints: false,
  codeLens: true,
  workspace: false,
  languageFeatures: 'auto',
};

/** The settings of an editor, over the defaults. */
export interface DecodedSettings {
  readonly settings: Settings;
  /** One sentence for each value that is none. */
  readonly mistakes: readonly string[];
}

/** Reads `{ config, run, inlayHints, codeLens, workspace, languageFeatures }`, which may stand under the key `tfsg`. Null is as good as absent. */
export function decodeSettings(value: unknown, base: Settings = defaultSettings): DecodedSettings {
  const outer = recordOf(value);
  const given = 'tfsg' in outer ? recordOf(outer['tfsg']) : outer;
  const mistakes: string[] = [];
  const read = <T>(name: keyof Settings, wanted: string, convert: (value: unknown) => T | undefined, other: T): T => {
    const raw = given[name] ?? undefined;
    if (raw === undefined) return other;
    const converted = convert(raw);
    if (converted === undefined) mistakes.push(`tfsg.${name} is ${wanted}, not ${JSON.stringify(raw)}.`);
    return converted ?? other;
  };
  const flag = (name: 'inlayHints' | 'codeLens' | 'workspace'): boolean =>
    read(name, 'true or false', (each) => (typeof each === 'boolean' ? each : undefined), base[name]);
  const config = read(
    'config',
    'the path of a file',
    (each) => (typeof each === 'string' ? each : undefined),
    base.config,
  );
  return {
    settings: {
      config: config === '' ? undefined : config,
      run: read(
        'run',
        '"onType" or "onSave"',
        (each) => (each === 'onType' || each === 'onSave' ? each : undefined),
        base.run,
      ),
      inlayHints: flag('inlayHints'),
      codeLens: flag('codeLens'),
      workspace: flag('workspace'),
      languageFeatures: read(
        'languageFeatures',
        '"auto", true or false',
        (each) => (each === 'auto' || typeof each === 'boolean' ? each : undefined),
        base.languageFeatures,
      ),
    },
    mistakes,
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
