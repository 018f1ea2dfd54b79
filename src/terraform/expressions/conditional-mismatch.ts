/** Why the branches of a conditional have no type in common, in Terraform's words. */

import { equalTypes, isCollection, type ObjectType, type Type, typeName } from '../values/type.ts';
import { compareStrings } from '../values/value.ts';

/** HCL: describeConditionalTypeMismatch. */
export function describeMismatch(whenTrue: Type, whenFalse: Type): string {
  const detail =
    whenTrue.kind === 'object' && whenFalse.kind === 'object'
      ? describeObjects(whenTrue, whenFalse)
      : whenTrue.kind === 'tuple' && whenFalse.kind === 'tuple'
        ? describeTuples(whenTrue.items, whenFalse.items)
        : describeCollections(whenTrue, whenFalse);
  if (detail !== undefined) return detail;
  const names = [typeName(whenTrue), typeName(whenFalse)] as const;
  if (names[0] === names[1]) {
    return "At least one deeply-nested attribute or element is not compatible across both the 'true' and the 'false' value";
  }
  return `The 'true' value is ${names[0]}, but the 'false' value is ${names[1]}`;
}

function describeObjects(whenTrue: ObjectType, whenFalse: ObjectType): string | undefined {
  const sorted = (type: ObjectType): string[] => [...type.attributes.keys()].sort(compareStrings);
  for (const name of sorted(whenTrue)) {
    const a = whenTrue.attributes.get(name)!.type;
    const b = whenFalse.attributes.get(name)?.type;
    const quoted = JSON.stringify(name);
    if (b === undefined) {
      return `The 'true' value includes object attribute ${quoted}, which is absent in the 'false' value`;
    }
    if (!equalTypes(a, b)) return `Type mismatch for object attribute ${quoted}: ${describeMismatch(a, b)}`;
  }
  const further = sorted(whenFalse).find((name) => !whenTrue.attributes.has(name));
  if (further === undefined) return undefined;
  return `The 'false' value includes object attribute ${JSON.stringify(further)}, which is absent in the 'true' value`;
}

function describeTuples(whenTrue: readonly Type[], whenFalse: readonly Type[]): string | undefined {
  if (whenTrue.length !== whenFalse.length) {
    return `The 'true' tuple has length ${whenTrue.length}, but the 'false' tuple has length ${whenFalse.length}`;
  }
  for (const [i, a] of whenTrue.entries()) {
    const b = whenFalse[i]!;
    if (!equalTypes(a, b)) return `Type mismatch for tuple element ${i}: ${describeMismatch(a, b)}`;
  }
  return undefined;
}

function describeCollections(whenTrue: Type, whenFalse: Type): string | undefined {
  if (!isCollection(whenTrue) || !isCollection(whenFalse) || whenTrue.kind !== whenFalse.kind) return undefined;
  const { element } = whenTrue;
  if ((element.kind !== 'object' && element.kind !== 'tuple') || element.kind !== whenFalse.element.kind)
    return undefined;
  return `Mismatched ${whenTrue.kind} element types: ${describeMismatch(element, whenFalse.element)}`;
}
