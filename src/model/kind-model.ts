/** What is asked of a model of any kind: of security groups, or of something else that lets traffic through. */

import type { SyntaxTree } from '../hcl/syntax.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Addressed } from './rule.ts';

/** What a model is made from. */
export interface ModelSource {
  /** Directory of the root module. */
  readonly root: string;
  /** Name of the environment that it was evaluated for, if any. */
  readonly environment: string | undefined;
  /** What findings can stand in: for a configuration the files of the root and of the modules that it calls, and its variable files. */
  readonly files: readonly SourceFile[];
  /** Those of the files that hold configuration; none for what is read from elsewhere, such as a plan. */
  readonly trees: readonly SyntaxTree[];
}

/** How many there are of what summaries count. */
export interface ModelCounts {
  readonly groups: number;
  readonly rules: number;
}

/** `Unit`: what checks can look at apart from all else, such as one group with its rules. */
export interface KindModel<Unit extends object = object> extends ModelSource {
  readonly counts: Partial<ModelCounts>;
  /** From run to run the same objects, as long as nothing in them changes. */
  readonly units: readonly Unit[];
  /** The model as if only some of its units were in it. */
  restrictedTo(units: readonly Unit[]): KindModel<Unit>;
  /** The unit that something is in; undefined where it is in none, or in several. */
  unitOf(subject: Addressed): Unit | undefined;
  /** What checks look at beside the unit itself, as a text that is the same for the same. */
  surroundingsOf(unit: Unit): string;
  /** The texts by which the configuration names what something belongs to, such as the group of a rule; none for what has no name. */
  namesOf(subject: Addressed): readonly string[];
  /** The same of everything in the model; some more than once. */
  readonly names: Iterable<readonly string[]>;
  /** How many have a name of their own that only apply knows. */
  readonly unnamed: number;
}
