/** tfsg as a library: `lint`, `inspect` and `exposure`, with their parameters and results. */

export { checks } from './checks/index.ts';
export { type Config, configOf } from './config/config.ts';
export {
  type Configs as Configurations,
  discoverConfigs as discoverConfigurations,
  fixedConfig as fixedConfiguration,
} from './config/discover.ts';
export type { Environment } from './config/environment.ts';
export { noSelection, type Selection } from './config/resolve.ts';
export type { SuppressionSettings } from './config/suppression-settings.ts';
export type {
  ExposedService,
  GroupReach,
  PathStep,
  ReachOfGroup,
  RootExposure,
  ServiceExposure,
  StepKind,
} from './exposure/exposure.ts';
export {
  type DirectoryEntry,
  diskFileSystem,
  type FileSystem,
  type ListResult,
  memoryFileSystem,
  overlayFileSystem,
  type ReadResult,
} from './files.ts';
export type { Edit, Finding, Fix, Related, Undecided } from './findings/finding.ts';
export type { FileChecks, Setting } from './findings/setting.ts';
export type { Severity } from './findings/severity.ts';
export {
  exposure,
  type FoundExposures,
  type Inputs,
  type Inspection,
  inspect,
  type LintOptions,
  lint,
  QueryCache,
} from './lint.ts';
export { type ExitCode, exitCode } from './report/exit-code.ts';
export type { Render, RenderOptions } from './report/format.ts';
export { type FormatName, formatNames, loadFormat } from './report/render.ts';
export type { FailOn, Report, Summary } from './report/report.ts';
export { type Position, positionAt, type Range, rangeOf } from './source/position.ts';
export type { Problem, ProblemKind } from './source/problem.ts';
export { SourceFile } from './source/source-file.ts';
export type { Span } from './source/span.ts';
export { noInputs } from './terraform/instances/inputs.ts';
export { version } from './version.ts';
