/** Groups that are attached to an interface beside the list that its own resource has. */

import type { AttachedGroup, Attachment } from '../aws/attachments.ts';

export interface InterfaceConflict {
  /** What attaches one more group. */
  readonly attachment: Attachment;
  /** The resource of the interface. */
  readonly owner: Attachment;
  /** A group of its list. */
  readonly list: AttachedGroup;
}

/** The attribute that names the interface, by the type of the resource that has it. */
const interfaceOf: ReadonlyMap<string, string> = new Map([
  ['aws_instance', 'primary_network_interface_id'],
  ['aws_network_interface', 'id'],
]);

/** Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/network_interface_sg_attachment */
export function* interfaceConflicts(attachments: readonly Attachment[]): Iterable<InterfaceConflict> {
  const byAddress = new Map(attachments.map((each) => [each.address, each]));
  for (const attachment of attachments) {
    const { interface: named } = attachment;
    const owner = named && byAddress.get(named.address);
    if (owner === undefined || named?.path.join('.') !== interfaceOf.get(owner.type)) continue;
    const ignored = owner.lifecycle?.ignoresChanges;
    const list = owner.groups.find(({ named: { argument } }) => ignored?.has(argument) !== true);
    if (list !== undefined && ignored?.has('all') !== true) yield { attachment, owner, list };
  }
}
