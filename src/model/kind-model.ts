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

/** Some units. */
export interface Around<Part> {
  readonly parts: readonly Part[];
  /** Addresses without keys of all resources that they can hold in any world; undefined where any can be in them. */
  readonly addresses: ReadonlySet<string> | undefined;
}

/** `Part`: of what checks can look at apart from all else, such as rules of one group. */
export interface KindModel<Part extends object = object> extends ModelSource {
  readonly counts: Partial<ModelCounts>;
  /**
   * What checks can look at apart from all else, each in parts: several where there is too much to compare all of it. Parts are the same objects
   * from run to run, as long as nothing in them changes.
   */
  readonly units: readonly (readonly [Part, ...Part[]])[];
  /** The model as if only some of its parts were in it. */
  restrictedTo(parts: readonly Part[]): KindModel<Part>;
  /** Evaluates what is otherwise evaluated when a check asks for it, so that all faults in it are known. */
  evaluateAll(): void;
  /**
   * The units that hold something of some resources.
   *
   * @param isMeant whether it is one of them, by its address without keys
   */
  around(isMeant: (resourceAddress: string) => boolean): Around<Part>;
  /** What checks look at beside the unit of a part, as a text that is the same for the same. */
  surroundingsOf(part: Part): string;
  /** The texts by which the configuration names what something belongs to, such as the group of a rule; none for what has no name. */
  namesOf(subject: Addressed): readonly string[];
  /** The same of everything in the model; some more than once. */
  readonly names: Iterable<readonly string[]>;
  /** How many have a name of their own that only apply knows. */
  readonly unnamed: number;
}
