/** What Terraform rejects in the arguments of module calls. */

import { nearestName } from '../../../text/nearest-name.ts';
import { isWholeModule } from '../../modules/reference-faults.ts';
import type { ModuleEntry } from '../module-instance.ts';
import type { Rejection } from './rejection.ts';

/** Source: https://developer.hashicorp.com/terraform/language/modules/syntax#meta-arguments */
const metaArguments: ReadonlySet<string> = new Set([
  '//',
  'count',
  'depends_on',
  'for_each',
  'providers',
  'source',
  'version',
]);

/** Arguments that the called modules do not have, and those that they need. */
export function* callFaults(entries: Iterable<ModuleEntry>): Iterable<Rejection> {
  const seen = new Set<unknown>();
  for (const { key, call: name, home } of entries) {
    const call = name === undefined ? undefined : home.module.moduleCalls.get(name);
    const called = name === undefined ? undefined : home.module.calls.get(name);
    if (name === undefined || call === undefined || called?.kind !== 'module' || seen.has(call)) continue;
    seen.add(call);
    const { module, standIn } = called;
    if (!isWholeModule(module) || home.evaluation.mayHaveOtherFiles(module.directory)) continue;
    const { attributes } = call.content;
    const subject = home.subjectOf(key);
    for (const { name: written } of attributes.values()) {
      // Of a stand-in some variables are left out.
      if (standIn !== undefined) break;
      if (metaArguments.has(written.name) || module.variables.has(written.name)) continue;
      const free = [...module.variables.keys()].filter((each) => !attributes.has(each));
      const message = `The module declares no variable "${written.name}".`;
      yield { ...subject, kind: 'name', span: written, message, hint: nearestName(written.name, free) };
    }
    for (const [variable, { content }] of module.variables) {
      if (attributes.has(variable) || content.attributes.has('default')) continue;
      const message = `The argument "${variable}" of module "${name}" is missing.`;
      const reason = `${subject.resourceAddress}.var.${variable}`;
      yield { ...subject, kind: 'argument', span: call.span, message, reason };
    }
  }
}
