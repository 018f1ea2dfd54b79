/** What tfsg needs of the AWS provider's schemas: cut out of them, put into TypeScript, and held against what is written by hand. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attributeTypes, typeOfName } from '../../src/model/aws/attribute-types.ts';
import type { ArgumentType, BlockSchema } from '../../src/model/aws/block-schema.ts';
import { SERVICE_KINDS } from '../../src/model/aws/service-kinds.ts';
import type { Type } from '../../src/terraform/values/type.ts';
import type { Output } from './output.ts';

/**
 * A type as Terraform writes it in JSON: `"string"`, `["set", "string"]`, `["object", { "cidr": "string" }]`.
 *
 * Source: https://developer.hashicorp.com/terraform/cli/commands/providers/schema
 */
type TypeText = string | readonly [string, TypeText] | readonly ['object', Readonly<Record<string, TypeText>>];

interface Attribute {
  readonly type: TypeText;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly deprecated?: boolean;
}

interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, NestedBlock>>;
  readonly deprecated?: boolean;
}

interface NestedBlock {
  readonly nesting_mode: string;
  readonly block: Block;
  readonly min_items?: number;
  readonly max_items?: number;
}

/** The part of a provider in what `terraform providers schema -json` prints. */
export interface FullSchema {
  readonly resource_schemas: Readonly<Record<string, { readonly block: Block }>>;
  readonly data_source_schemas: Readonly<Record<string, { readonly block: Block }>>;
}

/** One of data/aws-provider-*.json: what is kept of one version of the provider. */
export interface ProviderData {
  readonly provider: string;
  readonly version: string;
  /** What the schema was read from. */
  readonly source: string;
  /** The whole schema of resources whose blocks tfsg knows by heart. */
  readonly resources: Readonly<Record<string, Block>>;
  /** By resource type and path: every argument of the others that is named after security groups and takes texts. */
  readonly groupArguments: Readonly<Record<string, Readonly<Record<string, TypeText>>>>;
  /** By type of those: the arguments that they need, blocks apart. */
  readonly requiredArguments: Readonly<Record<string, readonly string[]>>;
  /** Names whose type was looked at, beside those in `_id` and `_arn`. */
  readonly attributeNames: readonly string[];
  /** Attributes that have another type than their name says: `aws_dx_connection.vlan_id`, `data.aws_ce_tags.tags`. */
  readonly otherTypes: Readonly<Record<string, TypeText>>;
}

export const provider = 'registry.terraform.io/hashicorp/aws';

const keptResources = [
  'aws_security_group',
  'aws_default_security_group',
  'aws_security_group_rule',
  'aws_vpc_security_group_egress_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_ec2_managed_prefix_list',
  'aws_ec2_managed_prefix_list_entry',
];

/** Arguments that are named after security groups and give a resource none, as `TYPE PATH`, and why. */
const notAttached: readonly (readonly [RegExp, string])[] = [
  [/^aws_(?:opsworks|worklink)_/, 'AWS has ended the service'],
  [
    / (?:.*\.)?(?:enforce_security_group_inbound_rules_on_private_link_traffic|security_group_referencing_support)$/,
    'on or off',
  ],
  [/ app_security_group_management$/, 'who manages the groups'],
  [/^aws_eks_node_group .*\.source_security_group_ids$/, 'sources'],
  [/^aws_elb source_security_group$/, 'the name of the group, for rules of others'],
  [/ (?:.*\.)?db_security_group_memberships$/, 'not groups of a VPC'],
  [/^aws_elasticache_replication_group security_group_names$/, 'not groups of a VPC'],
  [/^aws_medialive_input input_security_groups$/, 'not groups of a VPC'],
  [/^aws_lambda_function replacement_security_group_ids$/, 'for the time of a destroy'],
  [/^aws_vpc_security_group_(?:vpc_association|rules_exclusive) security_group_id$/, 'the group that it is about'],
];

/**
 * Arguments that version 5 of the provider made required, as `TYPE NAME`: configurations for older ones are without them.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-5-upgrade
 */
const requiredSinceVersion5: ReadonlySet<string> = new Set([
  'aws_elasticache_replication_group description',
  'aws_rds_cluster engine',
]);

/** Cuts out of a schema what tfsg needs. */
export function trimmedSchema(schema: FullSchema, version: string, source: string): ProviderData {
  const resources = Object.entries(schema.resource_schemas).sort(([a], [b]) => (a < b ? -1 : 1));
  const kept = resources.filter(([type]) => keptResources.includes(type));
  const others = resources.filter(([type]) => !keptResources.includes(type));
  const groupArguments = others.flatMap(([type, { block }]) => {
    const found = [...groupArgumentsIn(block, '')];
    return found.length === 0 ? [] : [[type, Object.fromEntries(found)] as const];
  });
  const requiredArguments = others
    .filter(([type]) => groupArguments.some(([each]) => each === type))
    .map(([type, { block }]) => [type, requiredOf(block)] as const)
    .filter(([, names]) => names.length > 0);
  const dataSources = Object.entries(schema.data_source_schemas).map(([type, each]) => [`data.${type}`, each] as const);
  const otherTypes = [...resources, ...dataSources].flatMap(([type, { block }]) =>
    [...othersIn(block)].map(([name, found]) => [`${type}.${name}`, found] as const),
  );
  return {
    provider,
    version,
    source,
    resources: Object.fromEntries(kept.map(([type, { block }]) => [type, trimmedBlock(block)])),
    groupArguments: Object.fromEntries(groupArguments),
    requiredArguments: Object.fromEntries(requiredArguments),
    attributeNames: Object.keys(attributeTypes),
    otherTypes: Object.fromEntries(otherTypes),
  };
}

function trimmedBlock({ attributes = {}, block_types = {}, deprecated }: Block): Block {
  const sorted = <T>(entries: Readonly<Record<string, T>>): [string, T][] =>
    Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    attributes: Object.fromEntries(
      sorted(attributes).map(([name, { type, required, optional, computed, deprecated }]) => [
        name,
        {
          type,
          ...(required && { required }),
          ...(optional && { optional }),
          ...(computed && { computed }),
          ...(deprecated && { deprecated }),
        },
      ]),
    ),
    block_types: Object.fromEntries(
      sorted(block_types).map(([name, { nesting_mode, block, min_items, max_items }]) => [
        name,
        {
          nesting_mode,
          block: trimmedBlock(block),
          ...(min_items !== undefined && { min_items }),
          ...(max_items !== undefined && { max_items }),
        },
      ]),
    ),
    ...(deprecated && { deprecated }),
  };
}

function requiredOf({ attributes = {} }: Block): readonly string[] {
  return Object.keys(attributes)
    .filter((name) => attributes[name]?.required === true)
    .sort();
}

function* groupArgumentsIn(block: Block, prefix: string): Iterable<readonly [string, TypeText]> {
  for (const [name, { type, optional, required }] of Object.entries(block.attributes ?? {})) {
    if (optional !== true && required !== true) continue;
    yield* groupArgumentsOf(type, `${prefix}${name}`);
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    yield* groupArgumentsIn(nested.block, `${prefix}${name}.`);
  }
}

/** An argument, or, as objects can be written as blocks, what is in its objects. */
function* groupArgumentsOf(type: TypeText, path: string): Iterable<readonly [string, TypeText]> {
  const attributes = attributesOf(type);
  for (const [name, inner] of Object.entries(attributes ?? {})) yield* groupArgumentsOf(inner, `${path}.${name}`);
  const item = typeof type === 'string' ? type : type[1];
  if (item === 'string' && /security_group[^.]*$/.test(path)) yield [path, type];
}

/** Those of an object, or of the objects in a collection. */
function attributesOf(type: TypeText): Readonly<Record<string, TypeText>> | undefined {
  if (typeof type === 'string') return undefined;
  if (type[0] === 'object') return type[1] as Readonly<Record<string, TypeText>>;
  return attributesOf(type[1] as TypeText);
}

function* othersIn({ attributes = {}, block_types = {} }: Block): Iterable<readonly [string, TypeText]> {
  for (const [name, { type }] of Object.entries(attributes)) {
    const said = typeOfName(name);
    if (said !== undefined && JSON.stringify(type) !== JSON.stringify(textOf(said))) yield [name, type];
  }
  for (const name of Object.keys(block_types)) if (typeOfName(name) !== undefined) yield [name, 'dynamic'];
}

function textOf(type: Type): TypeText {
  if (type.kind === 'map') return ['map', textOf(type.element)];
  return type.kind;
}

/** data/aws-provider-*.json, by major version. */
export function providerData(root: string): ProviderData[] {
  const folder = join(root, 'data');
  return readdirSync(folder)
    .filter((name) => name.startsWith('aws-provider-'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as ProviderData);
}

/** `aws_lb security_groups` -> its type, of all versions together, without what gives a resource no groups. */
function attachedArguments(data: readonly ProviderData[]): ReadonlyMap<string, TypeText> {
  const all = data.flatMap(({ groupArguments }) =>
    Object.entries(groupArguments).flatMap(([type, paths]) =>
      Object.entries(paths).map(([path, text]) => [`${type} ${path}`, text] as const),
    ),
  );
  const attached = all.filter(([key]) => !notAttached.some(([pattern]) => pattern.test(key)));
  return new Map(attached.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What is written by hand and does not fit the data, as sentences. */
export function providerFaults(data: readonly ProviderData[]): string[] {
  const attached = new Set([...attachedArguments(data).keys()].map((key) => key.slice(0, key.indexOf(' '))));
  const kinds = new Set<string>(Object.values(SERVICE_KINDS).flat());
  const keys = data.flatMap(({ groupArguments }) =>
    Object.entries(groupArguments).flatMap(([type, paths]) => Object.keys(paths).map((path) => `${type} ${path}`)),
  );
  return [
    ...[...attached]
      .filter((type) => !kinds.has(type))
      .map((type) => `src/model/aws/service-kinds.ts: ${type} takes security groups: say of what kind it is.`),
    ...[...kinds]
      .filter((type) => !attached.has(type))
      .map(
        (type) => `src/model/aws/service-kinds.ts: ${type} takes no security groups in any version of the provider.`,
      ),
    ...notAttached
      .filter(([pattern]) => !keys.some((key) => pattern.test(key)))
      .map(
        ([pattern]) => `scripts/generate/provider-schema.ts: ${pattern} is no argument in any version of the provider.`,
      ),
    ...data.flatMap(({ version, attributeNames }) =>
      Object.keys(attributeTypes)
        .filter((name) => !attributeNames.includes(name))
        .map(
          (name) => `src/model/aws/attribute-types.ts: the type of "${name}" was not looked up in version ${version}.`,
        ),
    ),
  ];
}

/** src/model/aws/provider-schema.generated.ts. */
export function providerModule(data: readonly ProviderData[]): Output {
  const attached = attachedArguments(data);
  const byType = new Map<string, string[]>();
  const single: string[] = [];
  for (const [key, type] of attached) {
    const [resource, path] = key.split(' ') as [string, string];
    byType.set(resource, [...(byType.get(resource) ?? []), path]);
    if (type === 'string') single.push(`${resource}.${path}`);
  }
  const groups = [...byType].map(([type, paths]) => `  ${type}: ${listText(paths)},`);
  const versions = data.map(({ version, source }) => ` * - ${version}: ${source}`);
  const blocks = new SharedBlocks();
  const schemas = keptResources.map(
    (type) => `  ${type}: ${blocks.text(blockSchema(data.flatMap(({ resources }) => resources[type] ?? [])))},`,
  );
  const others = [...new Set(data.flatMap(({ otherTypes }) => Object.keys(otherTypes)))].sort();
  const text = `/** Facts of the AWS provider's schemas; written by scripts/generate.ts from data/aws-provider-*.json. */

/*
 * The versions, and what their schemas were read from:
${versions.join('\n')}
 */

import type { BlockSchema } from './block-schema.ts';

/** The arguments that give a resource security groups, by its type, with the blocks that they stand in. */
export const groupArguments: Readonly<Record<string, readonly string[]>> = {
${groups.join('\n')}
};

/** Those of them, behind the type, that hold one text and no list. */
export const singleGroupArguments: ReadonlySet<string> = new Set(${linesText(single)});

${blocks.constants.join('')}
/** What the resources of security groups and their rules may hold. */
export const resourceSchemas: Readonly<Record<string, BlockSchema>> = {
  __proto__: null as never,
${schemas.join('\n')}
};

/** The arguments that Terraform rejects a resource without that takes groups, by its type: those of every version that has the type. */
export const requiredArguments: Readonly<Record<string, readonly string[]>> = {
  __proto__: null as never,
${requiredLines(data).join('\n')}
};

/** Attributes that have another type than their name says. */
export const unlikeTheirNames: ReadonlySet<string> = new Set(${linesText(others)});
`;
  return { path: 'src/model/aws/provider-schema.generated.ts', text };
}

function requiredLines(data: readonly ProviderData[]): readonly string[] {
  const types = [...new Set(data.flatMap((each) => Object.keys(each.requiredArguments)))].sort();
  return types.flatMap((type) => {
    const versions = data.filter(({ groupArguments }) => Object.hasOwn(groupArguments, type));
    const names = (versions[0]?.requiredArguments[type] ?? []).filter(
      (name) =>
        !requiredSinceVersion5.has(`${type} ${name}`) &&
        versions.every(({ requiredArguments }) => requiredArguments[type]?.includes(name)),
    );
    return names.length === 0 ? [] : [`  ${type}: ${listText(names)},`];
  });
}

const listText = (texts: readonly string[]): string => `[${texts.map((text) => `'${text}'`).join(', ')}]`;

const linesText = (texts: readonly string[]): string => `[\n${texts.map((text) => `  '${text}',\n`).join('')}]`;

/** What may be written in any version. */
function blockSchema(versions: readonly Block[]): BlockSchema {
  const attributes = versions.flatMap((block) => Object.entries(block.attributes ?? {}));
  const isArgument = ({ optional, required }: Attribute): boolean => optional === true || required === true;
  const names = (of: readonly (readonly [string, unknown])[]): string[] =>
    [...new Set(of.map(([name]) => name))].sort();
  const written = names(attributes.filter(([, attribute]) => isArgument(attribute)));
  const nested = new Map<string, Block[]>();
  const add = (name: string, block: Block) => nested.set(name, [...(nested.get(name) ?? []), block]);
  for (const { block_types = {} } of versions) {
    for (const [name, { block }] of Object.entries(block_types)) add(name, block);
  }
  // Attributes of objects can be written as blocks: https://developer.hashicorp.com/terraform/language/attr-as-blocks
  for (const [name, attribute] of attributes) {
    const inner = isArgument(attribute) ? attributesOf(attribute.type) : undefined;
    if (inner !== undefined) {
      const each = Object.entries(inner).map(([key, type]) => [key, { type, optional: true }] as const);
      add(name, { attributes: Object.fromEntries(each) });
    }
  }
  const required = versions.map(({ attributes: each = {} }) =>
    Object.keys(each).filter((name) => each[name]?.required === true),
  );
  return {
    arguments: written,
    required: written.filter((name) => required.every((each) => each.includes(name))),
    types: Object.fromEntries(
      written.flatMap((name) => {
        const type = argumentType(attributes.find(([each]) => each === name)?.[1].type);
        return type === undefined ? [] : [[name, type]];
      }),
    ),
    readOnly: names(attributes).filter((name) => !written.includes(name)),
    blocks: Object.fromEntries([...nested].sort().map(([name, blocks]) => [name, blockSchema(blocks)])),
  };
}

/** Undefined for what has a structure of its own. */
function argumentType(type: TypeText | undefined): ArgumentType | undefined {
  if (type === 'bool' || type === 'number' || type === 'string') return type;
  if (typeof type !== 'object' || type[1] !== 'string') return undefined;
  return type[0] === 'map' ? 'map' : 'strings';
}

/** Blocks as TypeScript, each one once. */
class SharedBlocks {
  readonly #names = new Map<string, string>();
  readonly constants: string[] = [];

  /** The name of the constant that has the block. */
  text({ arguments: written, required, types, readOnly, blocks }: BlockSchema): string {
    const nested = Object.entries(blocks).map(([name, block]) => `${name}: ${this.text(block)}`);
    const all = `{ ${['__proto__: null as never', ...nested].join(', ')} }`;
    const typed = Object.entries(types).map(([name, type]) => `${name}: '${type}'`);
    const typesText = `{ ${['__proto__: null as never', ...typed].join(', ')} }`;
    const text = `{ arguments: ${listText(written)}, required: ${listText(required)}, types: ${typesText}, readOnly: ${listText(readOnly)}, blocks: ${all} }`;
    const name = this.#names.get(text) ?? `block${this.#names.size + 1}`;
    if (!this.#names.has(text)) this.constants.push(`const ${name}: BlockSchema = ${text};\n`);
    this.#names.set(text, name);
    return name;
  }
}
