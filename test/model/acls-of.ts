/** Models of network ACLs of configurations in memory. */

import { build } from '../../src/build.ts';
import { configOf } from '../../src/config/config.ts';
import { memoryFileSystem } from '../../src/files.ts';
import type { NetworkAclModel } from '../../src/model/network-acl-model.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

/** The model of the only root. */
export async function aclsOf(text: string): Promise<NetworkAclModel> {
  const options = { configFor: () => configOf(new Map()), parser: 'native', inputs: noInputs } as const;
  const { roots } = await build(memoryFileSystem({ 'main.tf': text }), [''], options);
  return roots[0]!.model.of('network-acl');
}
