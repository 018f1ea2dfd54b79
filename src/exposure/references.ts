/** What arguments of resources name: other resources of the configuration, or what is elsewhere. */

import { argumentsOfBody, type NamedResource, namedResources, type ResourceArguments } from '../model/aws/arguments.ts';
import { knownText, waitsFor } from '../model/fact.ts';
import type { EvaluatedBody } from '../terraform/instances/body.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import { isOfOtherRoot } from '../terraform/instances/other-root.ts';

export type ResourceReference =
  /** An attribute of a resource or data source, of this root or another one. */
  | {
      readonly kind: 'attribute';
      /** With keys. */
      readonly address: string;
      readonly attribute: string;
      readonly because: readonly string[];
    }
  /** An identifier, ARN or name as it is written. */
  | { readonly kind: 'text'; readonly text: string; readonly isSensitive: boolean }
  | { readonly kind: 'unknown'; readonly because: readonly string[] };

/** The arguments of an instance, or of a block in it. What has no meaning there is not for this to report. */
export function factsOf({ calls, span, body: own }: ResourceInstance, body: EvaluatedBody = own): ResourceArguments {
  return argumentsOfBody(body, span, { calls, problems: [] });
}

/** What an argument names; undefined where it is absent, null or empty. */
export function referenceIn(from: ResourceArguments, name: string): ResourceReference | undefined {
  return namedResources(from, name, false).map(referenceOf)[0];
}

/** What a list, or one text, names; of a list that is not known as a whole, a reference stands for the rest. */
export function referencesIn(from: ResourceArguments, name: string): readonly ResourceReference[] {
  const value = from.get(name)?.value;
  const isOne = value?.kind === 'string' || (value?.kind === 'unknown' && value.type.kind === 'string');
  return namedResources(from, name, !isOne).flatMap((named) => referenceOf(named) ?? []);
}

function referenceOf({ id, reference }: NamedResource): ResourceReference | undefined {
  if (id.kind === 'known') {
    const text = knownText(id)?.value;
    return text === undefined ? undefined : { kind: 'text', text, isSensitive: id.isSensitive === true };
  }
  const because = waitsFor(id.reasons);
  const attribute = reference?.path.findLast((step) => typeof step === 'string');
  if (reference === undefined || attribute === undefined) return { kind: 'unknown', because };
  return { kind: 'attribute', address: reference.address, attribute, because };
}

/** Whether it is an attribute of a data source of this root, which may find whatever there is. */
export function isLookup(reference: ResourceReference): boolean {
  return reference.kind === 'attribute' && /(?:^|\.)data\.[\w-]+\./.test(reference.address);
}

/** The type of the resource or data source that an attribute is of. */
export function typeOfReference(reference: ResourceReference): string | undefined {
  if (reference.kind !== 'attribute') return undefined;
  const { address } = reference;
  const own = isOfOtherRoot(address) ? address.slice(address.lastIndexOf(': ') + 2) : address;
  return /([\w-]+)\.[\w-]+(?:\[(?:[^\]"]|"[^"]*")*\])?$/.exec(own)?.[1];
}

/** The same text for the same resource; undefined where nothing tells it from others. */
export function referenceKey(reference: ResourceReference): string | undefined {
  switch (reference.kind) {
    case 'attribute':
      return reference.address;
    case 'text':
      return reference.text;
    case 'unknown':
      return undefined;
  }
}

/** What an answer waits for that depends on it. */
export const becauseOf = (reference: ResourceReference): readonly string[] =>
  reference.kind === 'text' ? [reference.isSensitive ? 'a sensitive identifier' : reference.text] : reference.because;

/** As texts name it. */
export const nameOfReference = (reference: ResourceReference): string =>
  reference.kind === 'attribute' ? reference.address : (becauseOf(reference)[0] ?? 'a value');

/**
 * The module of an instance that a stand-in is for, which may leave out what is not about groups; undefined where all modules on the way
 * were read.
 */
export function standInModule({ address, calls }: ResourceInstance): string | undefined {
  const depth = calls.findIndex(({ standIn }) => standIn !== undefined);
  const steps = /^(?:module\.[\w-]+(?:\[(?:[^\]"]|"[^"]*")*\])?\.)*/
    .exec(address)?.[0]
    .match(/module\.[\w-]+(?:\[[^\]]*\])?/g);
  return depth === -1 ? undefined : steps?.slice(0, depth + 1).join('.');
}

/** What decides whether an instance exists; empty for a certain one. */
export const existenceOf = ({ existsIf }: Pick<ResourceInstance, 'existsIf'>): readonly string[] => waitsFor(existsIf);
