/** What the internet reaches of small networks: of a whole one, and without one link of it after the other. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { checks } from '../../src/checks/index.ts';
import { defaultLayers, noSelection, resolveConfig } from '../../src/config/resolve.ts';
import type { ExposedService, ServiceExposure } from '../../src/exposure/exposure.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { exposure, type FoundExposures } from '../../src/lint.ts';
import { TCP } from '../../src/network/protocol.ts';
import { formatTraffic, trafficOfValues } from '../../src/network/traffic.ts';
import { renderExposureJson } from '../../src/report/exposure/json.ts';
import { positionAt } from '../../src/source/position.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { expectGolden, fixtures } from '../golden.ts';

const config = resolveConfig(defaultLayers, checks, noSelection);

const folder = 'exposure';

const networks = readdirSync(join(fixtures, folder)).sort();

function filesBelow(path: string): Readonly<Record<string, string>> {
  const names = (readdirSync(join(fixtures, path), { recursive: true }) as string[]).filter((name) =>
    name.endsWith('.tf'),
  );
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(fixtures, path, name), 'utf8')]));
}

function foundIn(files: Readonly<Record<string, string>>): Promise<FoundExposures> {
  const options = { configFor: () => config, parser: 'native', inputs: noInputs } as const;
  return exposure(memoryFileSystem(files), [''], options);
}

function linesOf({ address, groups, exposures }: ExposedService): readonly string[] {
  const lines = exposures.flatMap((each) => [
    `  IPv${each.family} ${formatTraffic(each.traffic)}: ${answerOf(each)}`,
    ...each.path.map(
      ({ kind, address: of, text, span }) => `    ${positionAt(span.file, span.start).line}: ${kind} ${of} ${text}`,
    ),
  ]);
  return [`${address} (${groups.join(', ')})`, ...lines];
}

function answerOf({ answer, hops, because }: ServiceExposure): string {
  const reasons = because.length === 0 ? '' : `, ${answer === 'no' ? 'because' : 'depends on'} ${because.join('; ')}`;
  return `${answer}${hops === null ? '' : `, hops ${hops}`}${reasons}`;
}

test.each(networks)('%s', async (name) => {
  const { roots } = await foundIn(filesBelow(join(folder, name)));
  const lines = roots.flatMap((root) => root.exposure.services.flatMap(linesOf));
  expectGolden(`${folder}/${name}/expected.txt`, lines.map((line) => `${line}\n`).join(''));
});

test('as JSON they are what the schema says', async () => {
  const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync('schema/exposure.schema.json', 'utf8')),
  );
  for (const name of networks) {
    const found = await foundIn(filesBelow(join(folder, name)));
    validate(JSON.parse(renderExposureJson(found)));
    expect(validate.errors).toBeNull();
  }
});

test('for a rule it says whether what has the group is reached, whatever the rule allows', async () => {
  const https = trafficOfValues(TCP, [{ first: 443, last: 443 }]);
  const reachIn = async (network: string, group = 'aws_security_group.web', more = '') => {
    const files = filesBelow(join(folder, network));
    const { roots } = await foundIn({ ...files, 'main.tf': files['main.tf'] + more });
    const { reach, path, because } = roots[0]!.exposure.reachOf(group, 4, https);
    return [reach, path.at(-1)?.address, ...because];
  };
  expect(await reachIn('public-instance')).toEqual(['internet', 'aws_instance.web']);
  expect(await reachIn('no-open-rule')).toEqual(['internet', 'aws_instance.web']);
  expect(await reachIn('no-route')).toEqual([
    'vpc',
    undefined,
    'aws_subnet.public has no route to an internet gateway',
  ]);
  expect(await reachIn('acl-of-another-port')).toEqual([
    'vpc',
    'aws_route_table.public',
    'aws_network_acl.public does not allow it',
  ]);
  expect(await reachIn('unknown-address')).toEqual(['unknown', 'aws_instance.web', 'var.is_public']);
  // Only what gets to it directly counts.
  expect((await reachIn('three-tiers', 'aws_security_group.app'))[0]).toBe('vpc');
  const unused = 'resource "aws_security_group" "unused" {}';
  expect(await reachIn('public-instance', 'aws_security_group.unused', unused)).toEqual(['unattached', undefined]);
});

test('what is sensitive is in no text', async () => {
  const files = {
    'main.tf': `
variable "block" {
  default   = "10.77.0.0/16"
  sensitive = true
}
variable "port" {
  default   = 7777
  sensitive = true
}
variable "id" {
  default   = "sg-0777"
  sensitive = true
}
variable "is_public" {
  default   = true
  sensitive = true
}
resource "aws_security_group" "web" {
  ingress {
    protocol    = "tcp"
    from_port   = var.port
    to_port     = var.port
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = [var.block]
  }
}
resource "aws_instance" "web" {
  associate_public_ip_address = var.is_public
  vpc_security_group_ids      = [aws_security_group.web.id, var.id]
}
resource "aws_lb" "web" {
  load_balancer_type = "network"
}
resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = var.port
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}
resource "aws_lb_target_group" "web" {
  port     = var.port
  protocol = "TCP"
}
resource "aws_lb_target_group_attachment" "web" {
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = aws_instance.web.id
}
`,
  };
  const text = renderExposureJson(await foundIn(files));
  expect(JSON.parse(text).services[0].exposures.length).toBeGreaterThan(0);
  expect(text).not.toMatch(/77|associate_public_ip_address = true/);
});

test('there are many', () => {
  expect(networks.length).toBeGreaterThanOrEqual(60);
});
