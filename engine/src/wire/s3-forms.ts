/**
 * Uploads to S3 by a form of a browser: an object in `multipart/form-data`, and a policy that says what the form may hold.
 *
 * Pure: a request in, the PutObject that it means out.
 * Units    bytes.
 * Source   S3 API reference, "POST Object", "Creating a POST policy" (read 2026-11-27); the texts, as seen in public threads: issues #3292 of
 *          aws/aws-sdk-php and #107 of waynehoover/s3_direct_upload for policies, #1 of nukulb/s3-angular-file-upload for a form without a key.
 * Assumed  The texts for policies that are no policy or whose time is over, and for fields of a signature that are not there; conditions bind
 *          where signatures are not verified, too.
 */
import { parseJson } from '../kernel/json';
import { Instant, tryParseInstant } from '../kernel/instant';
import { AwsFault, type FaultName } from '../operations/fault';
import type { WireAnswer, WireRequest } from './message';
import { bytes } from './rest-json';
import { escapeXml } from './rest-xml';
import { addressOf } from './s3';
import { Signature, signatureFrom } from './signature';

/** Source: error code MaxPostPreDataLengthExceededError. */
const MOST_FIELD_BYTES = 20_000;
const FORM = /^multipart\/form-data\s*;.*boundary="?([^";]+)"?/i;
/** Fields that need no condition. Source: "Creating a POST policy". */
const FREE = /^(x-amz-signature|file|policy|awsaccesskeyid|signature|x-ignore-.*)$/;
/** Fields of which a policy may say how they begin. Source: as above, the table of conditions. */
const BEGINNING =
  /^(acl|key|cache-control|content-type|content-disposition|content-encoding|expires|success_action_redirect|redirect|x-amz-meta-.*)$/;
/** Fields that are headers of PutObject, by the same name. */
const HEADER = /^(cache-control|content-type|content-disposition|content-encoding|expires|x-amz-.*)$/;
const OF_SIGNING = /^x-amz-(algorithm|credential|date|signature|security-token)$/;

/** What a form says. */
export interface FormUpload {
  /** The call that it means. */
  readonly request: WireRequest;
  readonly signature: Signature | undefined;
  /** As sent; undefined where anybody may. */
  readonly policy: string | undefined;
  /** By name in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  readonly bucket: string;
  readonly key: string;
  readonly sizeBytes: number;
}

/** Whether a request is a form for S3. */
export function isForm({ method, headers }: WireRequest): boolean {
  return method === 'POST' && headers['authorization'] === undefined && FORM.test(headers['content-type'] ?? '');
}

/**
 * What a form for S3 says.
 *
 * @throws AwsFault when it is not well-formed, has no key, or not one file
 */
export function formOf(request: WireRequest): FormUpload {
  const { fields, file, filename } = partsOf(request);
  const written = fields.get('key');
  if (written === undefined) {
    const order = 'If it is specified, please check the order of the fields.';
    throw new AwsFault('InvalidArgument', `Bucket POST must contain a field named 'key'.  ${order}`);
  }
  const key = written.replaceAll('${filename}', filename);
  const policy = fields.get('policy');
  const signature =
    policy === undefined
      ? undefined
      : signatureFrom(required(fields, 'x-amz-credential'), {
          signedHeaders: [],
          hex: required(fields, 'x-amz-signature'),
          time: required(fields, 'x-amz-date'),
          token: fields.get('x-amz-security-token'),
          expiresSeconds: undefined,
        });
  const { bucket = '' } = addressOf(request);
  const path = `${request.path.replace(/\/$/, '')}/${key.split('/').map(encodeURIComponent).join('/')}`;
  const headers = { ...headersOf(fields), host: request.headers['host'] ?? '', 'content-length': String(file.length) };
  return {
    request: { ...request, method: 'PUT', path, query: {}, headers, body: file },
    ...{ signature, policy, fields, bucket, key },
    sizeBytes: file.length,
  };
}

/**
 * @param now undefined where signatures may be of any age
 * @throws AwsFault where the form holds what its policy does not allow
 */
export function refusePolicy({ policy, fields, bucket, key, sizeBytes }: FormUpload, now: Instant | undefined): void {
  if (policy === undefined) {
    return;
  }
  const { expiration, conditions } = documentIn(policy);
  const until = tryParseInstant(expiration);
  if (until === undefined || (now !== undefined && until <= now)) {
    throw refused('Policy expired.');
  }
  const given = new Map(fields).set('bucket', bucket).set('key', key);
  const named = new Set(conditions.flatMap((one) => fieldOf(one) ?? []));
  conditions.forEach((condition) => refuseCondition(condition, given, sizeBytes));
  const extra = [...given.keys()].filter((name) => !named.has(name) && !FREE.test(name));
  if (extra.length > 0) {
    throw refused(`Extra input fields: ${extra.join(', ')}`);
  }
}

/** What a form is answered with, once its object is there. */
export function answeredForm({ fields, bucket, key, request }: FormUpload, put: WireAnswer): WireAnswer {
  if (put.status !== 200) {
    return put;
  }
  const { 'content-type': _, ...headers } = put.headers;
  const etag = headers['etag'] ?? '';
  const location = `http://${request.headers['host'] ?? ''}${request.path}`;
  const target = redirectOf(fields.get('success_action_redirect') ?? fields.get('redirect'), { bucket, key, etag });
  if (target !== undefined) {
    return { status: 303, headers: { ...headers, location: target }, body: new Uint8Array(0) };
  }
  const status = fields.get('success_action_status');
  if (status !== '201') {
    return { status: status === '200' ? 200 : 204, headers: { ...headers, location }, body: new Uint8Array(0) };
  }
  const members = Object.entries({ Location: location, Bucket: bucket, Key: key, ETag: etag });
  const inner = members.map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`).join('');
  const body = bytes(`<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse>${inner}</PostResponse>`);
  return { status: 201, headers: { ...headers, location, 'content-type': 'application/xml' }, body };
}

/** Source: "POST Object", success_action_redirect: as if the field were not there, where it is no URL. */
function redirectOf(url: string | undefined, facts: Readonly<Record<string, string>>): string | undefined {
  const target = url === undefined || !URL.canParse(url) ? undefined : new URL(url);
  for (const [name, value] of Object.entries(facts)) {
    target?.searchParams.append(name, value);
  }
  return target?.href;
}

function required(fields: ReadonlyMap<string, string>, name: string): string {
  const value = fields.get(name);
  if (value === undefined) {
    const shown = name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
    throw new AwsFault('InvalidArgument', `Bucket POST must contain a field named '${shown}'.`);
  }
  return value;
}

function headersOf(fields: ReadonlyMap<string, string>): Record<string, string> {
  const headers = [...fields].filter(([name]) => HEADER.test(name) && !OF_SIGNING.test(name));
  const acl = fields.get('acl');
  const tagging = fields.get('tagging');
  return {
    ...Object.fromEntries(headers),
    ...(acl !== undefined && { 'x-amz-acl': acl }),
    ...(tagging !== undefined && { 'x-amz-tagging': tagsIn(tagging) }),
  };
}

const TAG = /<Tag>\s*<Key>([^<]*)<\/Key>\s*<Value>([^<]*)<\/Value>\s*<\/Tag>/g;

/** Tags as PutObject has them in its header. */
function tagsIn(xml: string): string {
  const tags = new URLSearchParams();
  for (const [, key = '', value = ''] of xml.matchAll(TAG)) {
    tags.append(key, value);
  }
  return tags.toString();
}

interface Parts {
  readonly fields: ReadonlyMap<string, string>;
  readonly file: Buffer;
  readonly filename: string;
}

/** The fields up to the file; what comes behind it is not looked at. Source: "POST Object", `file`. */
function partsOf({ headers, body }: WireRequest): Parts {
  const mark = `--${FORM.exec(headers['content-type'] ?? '')?.[1] ?? ''}`;
  const all = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const fields = new Map<string, string>();
  let at = all.indexOf(mark);
  let sizeBytes = 0;
  while (at >= 0 && all.toString('latin1', at + mark.length, at + mark.length + 2) === '\r\n') {
    const begin = at + mark.length + 2;
    const head = all.indexOf('\r\n\r\n', begin);
    const end = head < 0 ? -1 : all.indexOf(`\r\n${mark}`, head + 2);
    const { name, filename } = namesIn(all.toString('utf8', begin, Math.max(begin, head)));
    if (end < 0 || name === undefined) {
      throw malformed();
    }
    const value = all.subarray(head + 4, Math.max(head + 4, end));
    if (name === 'file') {
      return { fields, file: value, filename: filename ?? '' };
    }
    sizeBytes += name.length + value.length;
    if (sizeBytes > MOST_FIELD_BYTES) {
      const text = 'Your POST request fields preceding the upload file were too large.';
      throw new AwsFault('MaxPostPreDataLengthExceededError', text);
    }
    fields.set(name, value.toString('utf8'));
    at = end + 2;
  }
  if (at < 0) {
    throw malformed();
  }
  throw new AwsFault('IncorrectNumberOfFilesInPostRequest', 'POST requires exactly one file upload per request.');
}

function namesIn(head: string): { readonly name: string | undefined; readonly filename: string | undefined } {
  const disposition = /^content-disposition:\s*form-data(;.*)$/im.exec(head)?.[1] ?? '';
  const part = (name: string) => new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(disposition)?.[1];
  return { name: part('name')?.toLowerCase(), filename: part('filename')?.split(/[\\/]/).at(-1) };
}

/** Source: S3 API reference, error codes. */
function malformed(): AwsFault {
  return new AwsFault('MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.');
}

interface PolicyDocument {
  readonly expiration: string;
  readonly conditions: readonly unknown[];
}

function documentIn(policy: string): PolicyDocument {
  let document: unknown;
  try {
    document = parseJson(Buffer.from(policy, 'base64').toString('utf8'));
  } catch {
    throw new AwsFault('InvalidPolicyDocument', 'Invalid Policy: Invalid JSON.');
  }
  const { expiration, conditions } = (document ?? {}) as Partial<PolicyDocument>;
  if (typeof expiration !== 'string' || !Array.isArray(conditions)) {
    const missing = typeof expiration === 'string' ? 'conditions' : 'expiration';
    throw new AwsFault('InvalidPolicyDocument', `Invalid Policy: Policy missing ${missing}.`);
  }
  return { expiration, conditions };
}

/** The three parts of a condition that is an object, too. */
function partsOfCondition(condition: unknown): readonly unknown[] {
  if (Array.isArray(condition)) {
    return condition;
  }
  const [entry] = Object.entries(typeof condition === 'object' && condition !== null ? condition : {});
  return entry === undefined ? [] : ['eq', `$${entry[0]}`, entry[1]];
}

function fieldOf(condition: unknown): string | undefined {
  const [, name] = partsOfCondition(condition);
  return typeof name === 'string' && name.startsWith('$') ? name.slice(1).toLowerCase() : undefined;
}

function refuseCondition(condition: unknown, given: ReadonlyMap<string, string>, sizeBytes: number): void {
  const [kind, name, wanted] = partsOfCondition(condition);
  const how = String(kind).toLowerCase();
  if (how === 'content-length-range') {
    refuseSize(sizeBytes, Number(name), Number(wanted));
    return;
  }
  const field = fieldOf(condition) ?? '';
  const value = given.get(field);
  const holds =
    typeof wanted === 'string' &&
    ((how === 'eq' && value === wanted) ||
      (how === 'starts-with' && BEGINNING.test(field) && beginsWith(field, value ?? '', wanted)));
  if (!holds) {
    throw refused(`Policy Condition failed: ${JSON.stringify(partsOfCondition(condition)).replaceAll('",', '", ')}`);
  }
}

/** Source: "Creating a POST policy": each of the types that a Content-Type lists. */
function beginsWith(field: string, value: string, wanted: string): boolean {
  const all = field === 'content-type' ? value.split(',') : [value];
  return all.every((one) => one.startsWith(wanted));
}

function refuseSize(sizeBytes: number, least: number, most: number): void {
  const refuse = (name: FaultName, text: string): never => {
    throw new AwsFault(name, text);
  };
  if (sizeBytes > most) {
    refuse('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
  }
  if (sizeBytes < least) {
    refuse('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
}

function refused(why: string): AwsFault {
  return new AwsFault('AccessDenied', `Invalid according to Policy: ${why}`);
}
