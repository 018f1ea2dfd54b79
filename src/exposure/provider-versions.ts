/** Which versions of the AWS provider a root module allows. */

import type { ModelSource } from '../model/kind-model.ts';
import { directoryOf } from '../source/path.ts';
import { allowsLine } from '../terraform/stand-ins/versions.ts';

/** `required_providers` with a version for `aws`, whatever else is in it. */
const requirement =
  /\brequired_providers\s*\{(?:[^{}]|\{[^{}]*\})*?\baws\s*=\s*\{[^{}]*?\bversion\s*=\s*"(?<version>[^"]+)"/;

/** More than there are. */
const LATEST_MAJOR = 20;

/** Major versions that the constraints of the root module's own files allow; all where there are none. */
export function providerMajors({ root, trees }: ModelSource): readonly number[] {
  const constraints = trees
    .filter(({ file }) => directoryOf(file.path) === root)
    .flatMap(({ file }) => requirement.exec(file.text)?.groups?.['version'] ?? []);
  const majors = Array.from({ length: LATEST_MAJOR }, (_, index) => index + 1);
  const allowed = majors.filter((major) => constraints.every((each) => allowsLine(each, String(major))));
  return allowed.length === 0 ? majors : allowed;
}
