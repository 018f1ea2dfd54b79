/** What the blocks of resources may hold besides what provider-schema.generated.ts says. */

import type { BlockSchema } from './block-schema.ts';
import { resourceSchemas } from './provider-schema.generated.ts';

/**
 * Arguments and blocks of every resource, whatever its type.
 *
 * Source: https://developer.hashicorp.com/terraform/language/resources/syntax#meta-arguments and
 * https://developer.hashicorp.com/terraform/language/resources/provisioners/syntax
 */
export const metaArguments: readonly string[] = ['count', 'depends_on', 'for_each', 'provider'];
export const metaBlocks: readonly string[] = ['connection', 'dynamic', 'lifecycle', 'provisioner'];

/** Rules in a group, written as blocks or as an attribute; the objects of the attribute must have all of these, null ones included. */
export const inlineRuleSchema: BlockSchema = resourceSchemas['aws_security_group']!.blocks['ingress']!;
