/**
 * Access control lists between S3's API and what buckets and objects keep.
 *
 * Pure.
 * Source   S3 user guide, "Access control list (ACL) overview", "Controlling ownership of objects and disabling ACLs",
 *          "Blocking public access" (read 2026-11-26).
 * Assumed  The account of a bucket owns its objects, whoever wrote them. ACLs are kept and shown: they let nobody in.
 */
import type { Grant, Owner, Permission } from '@aws-sdk/client-s3';
import type { Bucket } from '../domain/buckets';
import type { AclGrant } from '../domain/stored-objects';
import { aclsAreOff, settingOf } from './bucket-settings';
import { AwsFault } from './fault';
import { ownerOf } from './find-bucket';

/** The members by which calls set an ACL. */
export interface AclMembers {
  readonly ACL?: string | undefined;
  readonly AccessControlPolicy?: { readonly Grants?: readonly Grant[] | undefined } | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWrite?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
}

const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers';
const AUTHENTICATED_USERS = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';
const LOG_DELIVERY = 'http://acs.amazonaws.com/groups/s3/LogDelivery';

/** Canned ACLs, by whom they let in beside the owner. */
const CANNED: Readonly<Record<string, readonly (readonly [uri: string, permission: string])[]>> = {
  private: [],
  'public-read': [[ALL_USERS, 'READ']],
  'public-read-write': [
    [ALL_USERS, 'READ'],
    [ALL_USERS, 'WRITE'],
  ],
  'authenticated-read': [[AUTHENTICATED_USERS, 'READ']],
  // The owner of the bucket is that of the object, too.
  'bucket-owner-read': [],
  'bucket-owner-full-control': [],
  'log-delivery-write': [
    [LOG_DELIVERY, 'WRITE'],
    [LOG_DELIVERY, 'READ_ACP'],
  ],
};

const HEADERS = [
  ['GrantFullControl', 'FULL_CONTROL'],
  ['GrantRead', 'READ'],
  ['GrantReadACP', 'READ_ACP'],
  ['GrantWrite', 'WRITE'],
  ['GrantWriteACP', 'WRITE_ACP'],
] as const;

/** What a call asks for; undefined when it names no ACL. */
export function grantsOf(input: AclMembers, owner: string): readonly AclGrant[] | undefined {
  const named = HEADERS.flatMap(([member, permission]) =>
    granteesOf(input[member]).map((grantee) => ({ grantee, permission })),
  );
  if (input.ACL !== undefined && named.length > 0) {
    throw new AwsFault('InvalidRequest', 'Specifying both Canned ACLs and Header Grants is not allowed');
  }
  if (input.ACL !== undefined) {
    return [{ grantee: { id: owner }, permission: 'FULL_CONTROL' }, ...cannedOf(input.ACL)];
  }
  return named.length > 0 ? named : input.AccessControlPolicy?.Grants?.map(grantOf);
}

/** The ACL that an object is written with. */
export function aclOfWrite(bucket: Bucket, input: AclMembers): readonly AclGrant[] | undefined {
  const grants = grantsOf(input, ownerOf(bucket.env.account).ID);
  const isOwners = input.ACL === 'private' || input.ACL === 'bucket-owner-full-control';
  return grants === undefined || (isOwners && aclsAreOff(bucket)) ? undefined : allowed(bucket, grants);
}

/** The ACL that a call puts in place of another. */
export function aclOfPut(bucket: Bucket, input: AclMembers): readonly AclGrant[] {
  const grants = grantsOf(input, ownerOf(bucket.env.account).ID);
  if (grants === undefined) {
    throw new AwsFault('MissingRequestBodyError', 'Request Body is empty');
  }
  return allowed(bucket, grants);
}

/** Where ACLs are off, and where nobody set one, the owner alone has a grant. */
export function shownAcl(bucket: Bucket, acl: readonly AclGrant[] | undefined): { Owner: Owner; Grants: Grant[] } {
  const owner = ownerOf(bucket.env.account);
  const own: AclGrant = { grantee: { id: owner.ID }, permission: 'FULL_CONTROL' };
  return { Owner: owner, Grants: ((aclsAreOff(bucket) ? undefined : acl) ?? [own]).map(shownGrant) };
}

/** Source: S3 user guide, "The meaning of public". */
export function isPublicAcl(acl: readonly AclGrant[]): boolean {
  return acl.some(({ grantee }) => 'uri' in grantee && [ALL_USERS, AUTHENTICATED_USERS].includes(grantee.uri));
}

function allowed(bucket: Bucket, grants: readonly AclGrant[]): readonly AclGrant[] {
  if (aclsAreOff(bucket)) {
    throw new AwsFault('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  }
  if (isPublicAcl(grants) && settingOf(bucket, 'public-access-block')?.BlockPublicAcls === true) {
    throw new AwsFault('AccessDenied', 'Access Denied');
  }
  return grants;
}

function cannedOf(acl: string): AclGrant[] {
  const canned = CANNED[acl];
  if (canned === undefined) {
    throw new AwsFault('NotEmulated', `the canned ACL ${acl} is not emulated`);
  }
  return canned.map(([uri, permission]) => ({ grantee: { uri }, permission }));
}

/** `id="…", uri="…"`. */
function granteesOf(header = ''): AclGrant['grantee'][] {
  return header
    .split(',')
    .filter((one) => one.trim() !== '')
    .map((one) => {
      const [, kind, value = ''] = /^\s*(id|uri)="?([^"]*)"?\s*$/.exec(one) ?? [];
      if (kind === undefined) {
        throw new AwsFault('InvalidArgument', 'Argument format not recognized');
      }
      return kind === 'id' ? { id: value } : { uri: value };
    });
}

function grantOf({ Grantee, Permission: permission }: Grant): AclGrant {
  const { ID: id, URI: uri } = Grantee ?? {};
  if (permission === undefined || (id === undefined && uri === undefined)) {
    throw new AwsFault(
      'MalformedACLError',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
  return { grantee: id === undefined ? { uri: uri ?? '' } : { id }, permission };
}

function shownGrant({ grantee, permission }: AclGrant): Grant {
  const shown =
    'id' in grantee ? { ID: grantee.id, Type: 'CanonicalUser' as const } : { URI: grantee.uri, Type: 'Group' as const };
  return { Grantee: shown, Permission: permission as Permission };
}
