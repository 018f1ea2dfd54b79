/** What Terraform rejects in the references of a text, whatever the values are. */

import type { Expression, GetAttribute } from '../../hcl/syntax.ts';
import type { Node } from '../../hcl/walk.ts';
import { nearestName } from '../../text/nearest-name.ts';
import type { RejectionKind } from '../values/rejection.ts';
import type { LoadedModule } from './load.ts';
import type { ResourceDeclaration } from './module.ts';
import type { NameUse } from './name-uses.ts';

/** Where the text stands. */
export interface ReferencePlace {
  readonly module: LoadedModule;
  /** Whether all files of the module could be read: only then what is not declared is missing. */
  readonly isWhole: boolean;
  /** The resource whose block it stands in, by its address within the module; undefined elsewhere. */
  readonly resource: string | undefined;
  /** Which of `each` and `count` mean something in it. */
  readonly repeats: 'each' | 'count' | undefined;
  /** Whether resources of a type have an attribute; undefined where that is not known. */
  readonly hasAttribute: (resource: ResourceDeclaration, name: string) => boolean | undefined;
}

export interface ReferenceFault {
  readonly kind: RejectionKind;
  readonly span: Expression;
  readonly message: string;
  readonly hint: string | undefined;
}

/** Roots of references that mean something everywhere. */
const everywhere: ReadonlySet<string> = new Set(['action', 'path', 'terraform', 'tofu']);

/** What Terraform rejects in one use of a name; undefined for nothing. */
export function referenceFault(
  { node, parent, isSelf, isInDoubt }: NameUse,
  place: ReferencePlace,
): ReferenceFault | undefined {
  if (node.kind === 'reference') {
    const message = `"${node.name}" alone has no value: a resource reference needs a type and a name.`;
    return { kind: 'name', span: node, message, hint: undefined };
  }
  const { object, name } = node;
  if (object.kind === 'reference') return faultOfName(node, object.name, name.name, parent, isSelf, place);
  if (object.kind !== 'get' || object.object.kind !== 'reference') return undefined;
  const root = object.object.name;
  if (root === 'data' || root === 'ephemeral') {
    return faultOfResource(node, `${root}.${object.name.name}.${name.name}`, parent, place);
  }
  if (root === 'resource') return faultOfResource(node, `${object.name.name}.${name.name}`, parent, place);
  // Which outputs a module has is asked only when a reference is evaluated.
  if (root === 'module') return isInDoubt ? undefined : faultOfOutput(node, object.name.name, name.name, place);
  return otherRoots.has(root) ? undefined : faultOfAttribute(node, `${root}.${object.name.name}`, name.name, place);
}

const otherRoots: ReadonlySet<string> = new Set([...everywhere, 'count', 'each', 'local', 'self', 'var']);

/** `root.name`, such as `var.x` and `aws_vpc.main`. */
function faultOfName(
  node: GetAttribute,
  root: string,
  name: string,
  parent: Node | undefined,
  isSelf: boolean,
  place: ReferencePlace,
): ReferenceFault | undefined {
  const { module } = place;
  const none = (what: string, declared: ReadonlyMap<string, unknown>, prefix: string): ReferenceFault | undefined => {
    if (declared.has(name) || !place.isWhole) return undefined;
    const nearest = nearestName(name, declared.keys());
    return undeclared(node, `${what} "${name}"`, nearest === undefined ? undefined : `${prefix}.${nearest}`);
  };
  switch (root) {
    case 'var':
      return none('variable', module.variables, 'var');
    case 'local':
      return none('local value', module.locals, 'local');
    case 'module':
      return none('module', module.moduleCalls, 'module');
    case 'data':
    case 'ephemeral':
    case 'resource':
      return undefined;
    case 'each':
    case 'count':
      return place.repeats === root ? undefined : misplaced(node, root, name);
    case 'self':
      return isSelf ? undefined : misplaced(node, root, name);
    default:
      return everywhere.has(root) ? undefined : faultOfResource(node, `${root}.${name}`, parent, place);
  }
}

function misplaced(span: Expression, root: string, name: string): ReferenceFault {
  return { kind: 'name', span, message: `"${root}.${name}" cannot be used here.`, hint: undefined };
}

function undeclared(span: Expression, what: string, hint: string | undefined): ReferenceFault {
  return { kind: 'name', span, message: `Reference to undeclared ${what}.`, hint };
}

function faultOfResource(
  node: GetAttribute,
  address: string,
  parent: Node | undefined,
  place: ReferencePlace,
): ReferenceFault | undefined {
  const { module, resource } = place;
  if (address === resource) {
    const message = `The configuration of ${address} may not refer to itself.`;
    return { kind: 'self', span: node, message, hint: undefined };
  }
  const declared = module.resources.get(address);
  if (declared === undefined) {
    if (!place.isWhole) return undefined;
    const what = address.startsWith('data.') ? 'data source' : 'resource';
    return undeclared(node, `${what} "${address}"`, meantAddress(address, module));
  }
  const has = (name: string): boolean => declared.content.attributes.has(name);
  const repeats = has('count') ? 'count' : has('for_each') ? 'for_each' : undefined;
  if (repeats !== undefined && parent?.kind === 'get' && parent.object === node) {
    const message = `${address} has "${repeats}" set: its attributes must be accessed on specific instances.`;
    const hint = `${address}[${repeats === 'count' ? 'count.index' : 'each.key'}]`;
    return { kind: 'name', span: node, message, hint };
  }
  // OpenTofu's lifecycle { enabled = ... } gives no instances with keys either.
  if (repeats === undefined && parent?.kind === 'index' && parent.object === node && !parent.legacy) {
    const message = `${address} has neither "count" nor "for_each" set: a reference to it must not have an index.`;
    return { kind: 'name', span: parent, message, hint: address };
  }
  return undefined;
}

/** `locals.x` is `local.x`, and a name of a resource is often misspelt. */
function meantAddress(address: string, module: LoadedModule): string | undefined {
  const root = address.slice(0, address.indexOf('.'));
  const name = address.slice(address.lastIndexOf('.') + 1);
  if (root === 'locals' && module.locals.has(name)) return `local.${name}`;
  if (/^(?:vars?|variables?)$/.test(root) && module.variables.has(name)) return `var.${name}`;
  const type = address.slice(0, -name.length);
  const names = [...module.resources.keys()].flatMap((each) => (each.startsWith(type) ? each.slice(type.length) : []));
  const nearest = nearestName(name, names);
  return nearest === undefined ? undefined : type + nearest;
}

function faultOfOutput(
  node: GetAttribute,
  call: string,
  name: string,
  { module }: ReferencePlace,
): ReferenceFault | undefined {
  const called = module.calls.get(call);
  if (called?.kind !== 'module' || called.module.outputs.has(name) || !isWholeModule(called.module)) return undefined;
  if (called.standIn !== undefined) return undefined;
  const declared = module.moduleCalls.get(call)?.content.attributes;
  // Of several instances it is a key.
  if (declared?.has('count') === true || declared?.has('for_each') === true) return undefined;
  const nearest = nearestName(name, called.module.outputs.keys());
  return undeclared(
    node,
    `output "${name}" in this module`,
    nearest === undefined ? undefined : `module.${call}.${nearest}`,
  );
}

function faultOfAttribute(
  node: GetAttribute,
  address: string,
  name: string,
  { module, hasAttribute }: ReferencePlace,
): ReferenceFault | undefined {
  const declared = module.resources.get(address);
  if (declared === undefined || declared.content.attributes.has('count') || declared.content.attributes.has('for_each'))
    return undefined;
  if (hasAttribute(declared, name) !== false) return undefined;
  const message = `${declared.type} has no argument, nested block, or exported attribute named "${name}".`;
  return { kind: 'expression', span: node, message, hint: undefined };
}

/** Whether all files of a module could be read. */
export function isWholeModule({ problems }: LoadedModule): boolean {
  return !problems.some(({ kind }) => kind === 'file' || kind === 'syntax' || kind === 'terraform');
}
