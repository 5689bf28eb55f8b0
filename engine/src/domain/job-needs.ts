/**
 * What each step of a job asks of policies: who, for what, on what, and why the job fails when it is denied.
 *
 * Pure: reads a ledger.
 * Source   B6.3/3, B6.3/5, B6.3/7, B6.3/8, B11.5, B12, B13; service authorization reference of AWS Backup.
 * Spec     role-permissions.md
 */
import { Environment, KeyPolicies } from '@holdfast/model';
import { intAt } from '../kernel/columns';
import {
  BACKUP_ACTIONS,
  DELETION_ACTIONS,
  FILE_RESTORE_ACTIONS,
  NeededAction,
  READ_UNDER_THEIR_KEY,
  Reading,
  RESTORE_ACTIONS,
  SNAPSHOT_READING,
} from './job-actions';
import { keyOfPoint } from './encryption';
import type { Bucket } from './buckets';
import type { Key } from './keys';
import type { Ledger } from './ledger';
import { membershipOf, principalOf, Subject } from './policy/in-force';
import type { GrantTerms, NamedPolicy } from './policy/policies';
import type { AuthorizationRequest, ContextValue, Principal } from './policy/request';
import type { Verdict } from './policy/verdict';
import type { Resource } from './protected-resources';
import {
  BACKUP_NOT_ALLOWED,
  COPY_FROM_NOT_ALLOWED,
  COPY_INTO_NOT_ALLOWED,
  COPY_KEY_NOT_ALLOWED,
  DELETION_NOT_ALLOWED,
  KEY_NOT_ALLOWED,
  RESTORE_KEY_NOT_ALLOWED,
  RESTORE_NOT_ALLOWED,
} from './denials';
import { COPY_KEY_NOT_SHARED, COPY_NOT_ADMITTED, ROLE_UNASSUMABLE } from './reasons';
import type { Role } from './roles';
import { arnOfPoint } from './show';
import { tagsOfPoint } from './tags';
import type { Vault } from './vaults';

/** One question to the policies. */
export interface Question {
  /** What whom asks may, in place of what the World knows of it: of a role that is AWS's own. */
  readonly identity?: readonly NamedPolicy[];
  readonly request: AuthorizationRequest;
  readonly subject: Subject;
}

/** One question, and why the job fails when the answer is no. */
export interface Need extends Question {
  readonly refusal: (verdict: Verdict) => number;
}

/** A question that policies answered with no. */
export interface Denied {
  readonly request: AuthorizationRequest;
  readonly verdict: Verdict;
}

/** What a role is assumed for, by its ARN: a vault, or a job without one. */
export interface Work {
  readonly env: Environment;
  readonly arn: string;
}

/** What the request is on. */
export interface On {
  readonly resource: string;
  readonly env: Environment;
  readonly tags?: Readonly<Record<string, string>>;
  readonly subject?: Subject;
  readonly context?: Readonly<Record<string, ContextValue>>;
  readonly encryptionContext?: Readonly<Record<string, string>>;
}

/**
 * AWS Backup, or a service that works for it, assumes a role in order to work for a vault.
 *
 * Assumed: `aws:SourceArn` is the vault's, as with its notifications (AWS Backup developer guide, "Cross-service confused
 * deputy prevention").
 */
export function assumption(ledger: Ledger, role: Role, vault: Vault, service: string): Need {
  const work = { env: vault.made.env, arn: vault.arn };
  return { ...assuming(ledger, role, work, service), refusal: () => ROLE_UNASSUMABLE };
}

/** A service assumes a role in order to work for something. Assumed: `aws:SourceArn` is the ARN of that. */
export function assuming(ledger: Ledger, role: Role, { env, arn }: Work, service: string): Question {
  const source = membershipOf(ledger, env.partition, env.account);
  const principal: Principal = { kind: 'service', arn: service, account: '', userId: '' };
  const asked = requestOf(ledger, principal, 'sts:AssumeRole', {
    resource: role.arn,
    env: { ...env, account: role.env.account },
    tags: Object.fromEntries(role.tags),
  });
  const sourced = { sourceAccount: env.account, sourceArn: arn };
  const request = { ...asked, ...sourced, ...(source === undefined ? {} : { sourceOrganization: source }) };
  return { request, subject: { role } };
}

/** The service makes its snapshot with the role; services under full management are encrypted with the vault's key. */
export function backupNeeds(ledger: Ledger, roleArn: string, vault: Vault, resource: Resource): Need[] {
  const { service, declaration } = resource;
  const role = jobRole(ledger, roleArn);
  const actions = needed(ledger, role, BACKUP_ACTIONS[service.id] ?? [], BACKUP_NOT_ALLOWED, {
    resource: declaration.arn,
    env: declaration.env,
    tags: declaration.tags ?? {},
  });
  const reading = READ_UNDER_THEIR_KEY[service.id];
  const own =
    reading === undefined ? [] : decryption(ledger, role, declaration.encryptedWith, declaration.arn, reading);
  const keyArn = resource.managed || vault.made.airGapped ? vault.made.encryptionKeyArn : undefined;
  return [...actions, ...own, ...granting(ledger, role, keyArn, KEY_NOT_ALLOWED, vault)];
}

/** What is copied or restored: a point, or one that is to be made. */
export interface PointSource {
  readonly vault: Vault;
  readonly resource: Resource;
  /** The point as policies see it. */
  readonly on: On;
  /** Key that the point is encrypted with. */
  readonly keyArn: string | undefined;
}

/** A point, as what is copied or restored. */
export function sourceAt(ledger: Ledger, point: number): PointSource {
  const { vault, resource } = sourceOf(ledger, point);
  return { vault, resource, on: ofPoint(ledger, point), keyArn: keyOfPoint(ledger, point) };
}

/**
 * Both vaults let the role copy; without full management AWS Backup in the destination's account reads under the key of
 * the source.
 */
export function crossingNeeds(
  ledger: Ledger,
  roleArn: string | undefined,
  source: PointSource,
  destination: Vault,
): Need[] {
  const { resource, vault, keyArn } = source;
  const { account, partition } = vault.made.env;
  const unnamed = `arn:${partition}:iam::${account}:role/service-role/AWSBackupDefaultServiceRole`;
  const vaults = vaultNeeds(ledger, jobRole(ledger, roleArn ?? unnamed), source, destination);
  const key = resource.managed ? undefined : knownKey(ledger, keyArn);
  if (key === undefined) {
    return vaults;
  }
  const receiver = linkedRole(ledger, destination);
  const request = requestOf(ledger, receiver, 'kms:Decrypt', ofKey(key, {}));
  return [...vaults, { request, subject: { key }, refusal: () => COPY_KEY_NOT_SHARED }];
}

/**
 * The keys that a copy is read and written with; within an account the vaults, too.
 *
 * Source B6.3/7: in another account its service-linked role writes.
 */
export function copyNeeds(ledger: Ledger, roleArn: string, source: PointSource, destination: Vault): Need[] {
  const { resource, vault, keyArn } = source;
  const role = jobRole(ledger, roleArn);
  const { encryptionKeyArn, env } = destination.made;
  if (env.account !== vault.made.env.account) {
    return granting(ledger, linkedRole(ledger, destination), encryptionKeyArn, COPY_KEY_NOT_ALLOWED, destination);
  }
  const sourceKey = resource.managed ? undefined : keyArn;
  return [
    ...vaultNeeds(ledger, role, source, destination),
    ...granting(ledger, role, sourceKey, COPY_KEY_NOT_ALLOWED, vault),
    ...granting(ledger, role, encryptionKeyArn, COPY_KEY_NOT_ALLOWED, destination),
  ];
}

export function deletionNeeds(ledger: Ledger, roleArn: string, point: number): Need[] {
  const { resource } = sourceOf(ledger, point);
  const actions = DELETION_ACTIONS[resource.service.id] ?? [];
  return needed(ledger, jobRole(ledger, roleArn), actions, DELETION_NOT_ALLOWED, ofPoint(ledger, point));
}

/** @param env where it is restored to: an account with which the vault is shared has what it restores itself */
export function restoreNeeds(
  ledger: Ledger,
  roleArn: string,
  source: PointSource,
  targetArn: string,
  env: Environment,
): Need[] {
  const { resource, vault, on: point, keyArn } = source;
  const role = jobRole(ledger, roleArn);
  const toBucket = resource.service.id === 'ebs' && targetArn.split(':')[2] === 's3';
  const actions = toBucket ? FILE_RESTORE_ACTIONS : (RESTORE_ACTIONS[resource.service.id] ?? []);
  const made = actions.filter(({ on }) => on !== 'point');
  const read = actions.filter(({ on }) => on === 'point');
  return [
    ...needed(ledger, role, made, RESTORE_NOT_ALLOWED, { resource: targetArn, env }),
    ...needed(ledger, role, read, RESTORE_NOT_ALLOWED, point),
    ...(toBucket
      ? decryption(ledger, role, keyArn, point.resource, SNAPSHOT_READING)
      : granting(ledger, role, keyArn, RESTORE_KEY_NOT_ALLOWED, vault)),
  ];
}

/** A file goes into a bucket with the role, under the key of the bucket. */
export function exportNeeds(
  ledger: Ledger,
  roleArn: string,
  bucket: Bucket,
  file: string,
  { acl }: { readonly acl?: string } = {},
): Question[] {
  const role = jobRole(ledger, roleArn);
  const { env, tags = {} } = bucket.resource.declaration;
  const given: Readonly<Record<string, string>> = acl === undefined ? {} : { 's3:x-amz-acl': acl };
  const on: On = { resource: `${bucket.arn}/${file}`, env, tags, context: given };
  const written = {
    request: requestOf(ledger, role, 's3:PutObject', on),
    subject: { policy: bucket.policy },
  };
  const key = knownKey(ledger, bucket.resource.declaration.encryptedWith);
  if (key === undefined) {
    return [written];
  }
  const context = {
    'kms:ViaService': `s3.${env.region}.amazonaws.com`,
    'kms:CallerAccount': role.account,
  };
  // Source S3 user guide, "Encryption context": the object's ARN, or that of its bucket where it has a key of its own.
  const asked = { ...ofKey(key, context), encryptionContext: { 'aws:s3:arn': on.resource } };
  return [written, { request: requestOf(ledger, role, 'kms:GenerateDataKey', asked), subject: { key } }];
}

/** Source B6.3/3, B6.3/8, B11.5: out of the one vault, into the other. */
function vaultNeeds(ledger: Ledger, role: Principal, { vault, on }: PointSource, destination: Vault): Need[] {
  const { env } = destination.made;
  const tags = ledger.changedTags.of(destination.arn, destination.made.tags);
  const path = membershipOf(ledger, env.partition, env.account)?.path;
  const context: Record<string, ContextValue> = {
    'backup:CopyTargets': [destination.arn],
    ...(path === undefined ? {} : { 'backup:CopyTargetOrgPaths': [path] }),
  };
  const from = requestOf(ledger, role, 'backup:CopyFromBackupVault', { ...on, context });
  const into = requestOf(ledger, role, 'backup:CopyIntoBackupVault', { resource: destination.arn, env, tags });
  return [
    { request: from, subject: { vault }, refusal: () => COPY_FROM_NOT_ALLOWED },
    {
      request: into,
      subject: { vault: destination },
      refusal: ({ policyType }) => (policyType === 'resource' ? COPY_NOT_ADMITTED : COPY_INTO_NOT_ALLOWED),
    },
  ];
}

export function needed(
  ledger: Ledger,
  role: Principal,
  actions: readonly NeededAction[],
  reason: number,
  about: On,
): Need[] {
  return actions.map(({ action, on }) => {
    const resource = on === 'content' ? `${about.resource}/*` : about.resource;
    return { request: requestOf(ledger, role, action, { ...about, resource }), subject: {}, refusal: () => reason };
  });
}

/**
 * Source B13: whoever uses the key of a vault lets the service have it by a grant, for the vault alone. Unknown keys are taken
 * to be usable. Assumed: that the grant is constrained to the ARN of the vault.
 */
function granting(ledger: Ledger, role: Principal, keyArn: string | undefined, reason: number, vault: Vault): Need[] {
  const key = knownKey(ledger, keyArn);
  if (key === undefined) {
    return [];
  }
  const context = {
    'kms:GrantIsForAWSResource': 'true',
    'kms:ViaService': `backup.${key.made.env.region}.amazonaws.com`,
    'kms:CallerAccount': role.account,
  };
  const encryptionContext = { 'aws:backup:backup-vault': vault.arn };
  const request = requestOf(ledger, role, 'kms:CreateGrant', { ...ofKey(key, context), encryptionContext });
  // Which operations AWS Backup grants is not told, so that none is asked for.
  const grant: GrantTerms = { operations: [], constraints: { encryptionContextSubset: encryptionContext } };
  return [{ request: { ...request, grant }, subject: { key }, refusal: () => reason }];
}

export function decryption(
  ledger: Ledger,
  role: Principal,
  keyArn: string | undefined,
  arn: string,
  { via, context }: Reading,
): Need[] {
  const key = knownKey(ledger, keyArn);
  if (key === undefined) {
    return [];
  }
  const asked = ofKey(key, {
    'kms:ViaService': `${via}.${key.made.env.region}.amazonaws.com`,
    'kms:CallerAccount': role.account,
  });
  const request = requestOf(ledger, role, 'kms:Decrypt', { ...asked, encryptionContext: context(arn) });
  return [{ request, subject: { key }, refusal: () => KEY_NOT_ALLOWED }];
}

/** Keys of AWS are for the whole account. */
export function knownKey(ledger: Ledger, arn: string | undefined): Key | undefined {
  const key = arn === undefined ? undefined : ledger.keys.tryFindByArn(arn);
  return key?.made.awsManaged === true ? undefined : key;
}

export function ofKey(key: Key, context: Readonly<Record<string, ContextValue>>): On {
  return { resource: key.arn, env: key.made.env, tags: Object.fromEntries(key.tags), context };
}

/** point-kinds.ts says which points are alike to policies. */
export function ofPoint(ledger: Ledger, point: number): On {
  const vault = ledger.vaultOf(intAt(ledger.points.series, point));
  return { resource: arnOfPoint(ledger, point), env: vault.made.env, tags: tagsOfPoint(ledger, point) };
}

function sourceOf(ledger: Ledger, point: number) {
  const series = intAt(ledger.points.series, point);
  const vault = ledger.vaultOf(series);
  return { vault, resource: ledger.resourceOf(series), ...vault.made.env };
}

/** Source: what AWS shows of its sessions, e.g. "Troubleshooting encoded authorization failures" of AWS re:Post. */
export function jobRole(ledger: Ledger, roleArn: string): Principal {
  const principal = principalOf(ledger, roleArn);
  if (principal === undefined) {
    throw new Error(`role ${roleArn} is no ARN of a role`);
  }
  const sessionName = `AWSBackup-${roleArn.slice(roleArn.lastIndexOf('/') + 1)}`;
  return { ...principal, sessionName, userId: principal.userId.replace(/:.*/, `:${sessionName}`) };
}

function linkedRole(ledger: Ledger, { made: { env } }: Vault): Principal {
  return jobRole(ledger, KeyPolicies.serviceLinkedRoleArn(env.partition, env.account));
}

export function requestOf(ledger: Ledger, principal: Principal, action: string, on: On): AuthorizationRequest {
  const { env, resource, tags = {}, context = {}, encryptionContext } = on;
  const owner = membershipOf(ledger, env.partition, env.account);
  return {
    principal,
    action,
    resource,
    resourceAccount: env.account,
    ...(owner === undefined ? {} : { resourceOrganization: owner }),
    resourceTags: tags,
    requestedRegion: env.region,
    at: ledger.now,
    context,
    ...(encryptionContext === undefined ? {} : { encryptionContext }),
  };
}
