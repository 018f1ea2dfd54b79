/** Groups and rules that are written and that nothing creates: `count = 0`, or a collection that is empty. */

import { groupBy } from '../collections/group-by.ts';
import { containsSpan, type Span, spanKey } from '../source/span.ts';
import type { Absent } from '../terraform/instances/configuration.ts';
import type { Resources } from '../terraform/instances/instance.ts';
import { type LoadedModule, modulesOf } from '../terraform/modules/load.ts';
import type { ResourceDeclaration } from '../terraform/modules/module.ts';
import { isOfGroups } from './normalize.ts';
import type { SecurityModel } from './security-model.ts';

export interface SwitchedOff {
  readonly all: number;
  /** Those that depend on a variable of the root module that has a value. */
  readonly byInputs: number;
}

/** What is created in the worlds that are looked at. */
export class CreatedBlocks {
  readonly #headers = new Set<Span>();
  /** Of rules. The rules themselves hold all that they were evaluated from. */
  readonly #ofRules = new Set<Span>();
  /** Whose rules are not among them yet. */
  readonly #models: SecurityModel[] = [];
  #keys: ReadonlySet<string> | undefined;
  #rulesByFile: ReadonlyMap<string, readonly Span[]> | undefined;

  /** @param resources that it is made of; none for a part of a model */
  add(model: SecurityModel, resources?: Resources): void {
    const { groups, rules } = model.of('security-group');
    for (const { span } of resources?.instances(isOfGroups) ?? []) this.#headers.add(span);
    for (const { instance } of groups) this.#headers.add(instance.span);
    let last: unknown;
    for (const { instance } of rules) {
      // Rules of one resource follow one another.
      if (instance !== last) this.#headers.add(instance.span);
      last = instance;
    }
    // The model of a root is there anyhow, and few roots are asked for the places of rules.
    if (resources === undefined) this.#addRules(model);
    else this.#models.push(model);
    this.#keys = undefined;
    this.#rulesByFile = undefined;
  }

  has(header: Span): boolean {
    if (this.#headers.has(header)) return true;
    // What was evaluated in another run stands at the same place.
    this.#keys ??= new Set([...this.#headers].map(spanKey));
    return this.#keys.has(spanKey(header));
  }

  #addRules(model: SecurityModel): void {
    for (const { span } of model.of('security-group').rules) this.#ofRules.add(span);
  }

  hasRuleIn(block: Span): boolean {
    for (const model of this.#models.splice(0)) this.#addRules(model);
    this.#rulesByFile ??= groupBy(this.#ofRules, ({ file }) => file.path);
    return this.#rulesByFile.get(block.file.path)?.some((span) => containsSpan(block, span)) === true;
  }
}

/**
 * How many groups and rules are created in none of the worlds, as blocks, those inside a group included.
 *
 * @param modules whose blocks count; those that somebody downloaded do not
 * @param absent of all roots
 */
export function switchedOff(
  modules: readonly LoadedModule[],
  absent: Iterable<Absent>,
  created: CreatedBlocks,
): SwitchedOff {
  const ours = modules.filter(({ trees }) => !trees.some(({ file }) => file.isDownloaded));
  const files = new Set(ours.flatMap(({ trees }) => trees.map(({ file }) => file.path)));
  const off = new Map<string, number>();
  const isOff = ({ span }: ResourceDeclaration): boolean => !created.has(span);
  const resourcesOf = ({ resources }: LoadedModule): readonly ResourceDeclaration[] =>
    [...resources.values()].filter((each) => isOfGroups(each) && isOff(each));
  for (const each of ours.flatMap(resourcesOf)) off.set(spanKey(each.span), 1 + rulesIn(each));
  const byInputs = new Set<string>();
  for (const each of absent) {
    if (each.kind === 'block') {
      const { block } = each;
      const isOurs = files.has(block.file.path);
      if (!isOurs || !isRuleBlock(block.labels[0]?.name) || created.hasRuleIn(block)) continue;
      off.set(spanKey(block), 1);
      if (each.variables().length > 0) byInputs.add(spanKey(block));
      continue;
    }
    const resources = each.kind === 'module' ? modulesOf(each.module).flatMap(resourcesOf) : [each.declaration];
    const keys = resources.map(({ span }) => spanKey(span)).filter((key) => off.has(key));
    if (keys.length > 0 && each.variables().length > 0) for (const key of keys) byInputs.add(key);
  }
  const total = (keys: Iterable<string>): number => [...keys].reduce((sum, key) => sum + off.get(key)!, 0);
  return { all: total(off.keys()), byInputs: total(byInputs) };
}

function rulesIn({ content }: ResourceDeclaration): number {
  return content.blocks.filter(({ block }) =>
    isRuleBlock(block.type.name === 'dynamic' ? block.labels[0]?.name : block.type.name),
  ).length;
}

const isRuleBlock = (name: string | undefined): boolean => name === 'ingress' || name === 'egress';
