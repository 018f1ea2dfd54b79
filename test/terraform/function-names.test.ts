/** Every function of Terraform 1.15 and OpenTofu 1.12 is one to tfsg. */

import { describe, expect, test } from '@jest/globals';
import { functionNames } from '../../src/terraform/functions/index.ts';
import { answer } from './console-rows.ts';

/** https://developer.hashicorp.com/terraform/language/functions, and `terraform metadata functions -json`. */
const terraform = `
  abs abspath alltrue anytrue base64decode base64encode base64gzip base64sha256 base64sha512 basename bcrypt can ceil chomp chunklist
  cidrhost cidrnetmask cidrsubnet cidrsubnets coalesce coalescelist compact concat contains convert csvdecode dirname distinct element
  endswith ephemeralasnull file filebase64 filebase64sha256 filebase64sha512 fileexists filemd5 fileset filesha1 filesha256 filesha512
  flatten floor format formatdate formatlist indent index issensitive join jsondecode jsonencode keys length list log lookup lower map
  matchkeys max md5 merge min nonsensitive one parseint pathexpand plantimestamp pow range regex regexall replace reverse rsadecrypt
  sensitive setintersection setproduct setsubtract setunion sha1 sha256 sha512 signum slice sort split startswith strcontains strrev
  substr sum templatefile templatestring textdecodebase64 textencodebase64 timeadd timecmp timestamp title tobool tolist tomap tonumber
  toset tostring transpose trim trimprefix trimspace trimsuffix try upper urlencode uuid uuidv5 values yamldecode yamlencode zipmap
  provider::terraform::decode_tfvars provider::terraform::encode_expr provider::terraform::encode_tfvars
`;

/** https://opentofu.org/docs/language/functions: those that Terraform has not. */
const openTofu = 'base64gunzip cidrcontains urldecode';

const names = `${terraform} ${openTofu}`.trim().split(/\s+/);

describe('functions', () => {
  test.each(names)('%s', (name) => {
    for (const called of name.includes('::') ? [name] : [name, `core::${name}`]) {
      expect(answer({ expression: `${called}()` }).error ?? '').not.toContain('There is no function named');
    }
  });

  test('are these and no others', () => {
    expect(functionNames().filter((name) => !names.includes(name))).toEqual([]);
  });

  test('of other providers are unknown', () => {
    expect(answer({ expression: 'provider::aws::arn_parse("x")' })).toEqual({ result: 'unknown' });
    expect(answer({ expression: 'provider::terraform::other()' })).toEqual({ result: 'unknown' });
  });
});
