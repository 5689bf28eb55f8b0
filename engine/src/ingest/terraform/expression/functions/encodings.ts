/**
 * Functions that encode, decode and hash.
 *
 * Pure.
 * Source   Terraform language docs, "Encoding Functions", "Hash and Crypto Functions".
 */
import { createHash } from 'node:crypto';
import { parse as parseYaml } from 'yaml';
import { ExpressionFault, fromJson, plain, toText, Value } from '../values';
import { argument, FunctionTable } from './function-table';

const text = (args: readonly Value[], name: string): string => toText(argument(args, 0), `the argument of ${name}()`);

function onText(convert: (given: string, name: string) => Value): FunctionTable[string] {
  return { least: 1, most: 1, call: (args, name) => convert(text(args, name), name) };
}

function hash(algorithm: string, encoding: 'hex' | 'base64'): FunctionTable[string] {
  return onText((given) => createHash(algorithm).update(given).digest(encoding));
}

export const ENCODINGS: FunctionTable = {
  jsonencode: { least: 1, most: 1, call: (args) => encodeJson(plain(argument(args, 0))) },
  jsondecode: onText(decodeJson),
  yamldecode: onText(decodeYaml),
  base64encode: onText((given) => Buffer.from(given, 'utf8').toString('base64')),
  base64decode: onText(decodeBase64),
  urlencode: onText((given) =>
    encodeURIComponent(given)
      .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
      .replace(/%20/g, '+'),
  ),
  md5: hash('md5', 'hex'),
  sha1: hash('sha1', 'hex'),
  sha256: hash('sha256', 'hex'),
  sha512: hash('sha512', 'hex'),
  base64sha256: hash('sha256', 'base64'),
  base64sha512: hash('sha512', 'base64'),
  'provider::aws::arn_parse': onText(parseArn),
  'provider::aws::arn_build': {
    least: 5,
    most: 5,
    call: (args) => ['arn', ...args.map((x) => toText(x, 'a part of an ARN'))].join(':'),
  },
};

/** Source: AWS provider 5.100.0, function arn_parse. */
function parseArn(given: string): Value {
  const [arn, partition, service, region, account_id, ...resource] = given.split(':');
  if (arn !== 'arn' || resource.length === 0)
    throw new ExpressionFault(`${JSON.stringify(given.slice(0, 80))} is no ARN`);
  return fromJson({ partition, service, region, account_id, resource: resource.join(':') });
}

/** As Go's encoder writes it, which escapes what HTML would read. */
function encodeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function decodeJson(given: string): Value {
  try {
    return fromJson(JSON.parse(given));
  } catch {
    throw new ExpressionFault('what jsondecode() is given is not JSON');
  }
}

function decodeYaml(given: string): Value {
  try {
    return fromJson(JSON.parse(JSON.stringify(parseYaml(given) ?? null)));
  } catch {
    throw new ExpressionFault('what yamldecode() is given is not YAML');
  }
}

function decodeBase64(given: string): Value {
  const bytes = Buffer.from(given, 'base64');
  if (bytes.toString('base64') !== given) throw new ExpressionFault('what base64decode() is given is not base64');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ExpressionFault('what base64decode() gives is not text');
  }
}
