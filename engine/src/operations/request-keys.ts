/**
 * The keys of conditions that the input of a call, and the thing that it names, give to a request.
 *
 * Pure: reads the World. What an action never has, the decision leaves out.
 * Source   B11.5 (AWS Backup); service authorization reference of IAM, KMS, S3 and STS (which key each action has); KMS
 *          developer guide, "AWS KMS condition keys"; IAM user guide, "IAM and AWS STS condition keys"; S3 user guide,
 *          "Amazon S3 policy condition keys", these three cited from memory.
 * Spec     ../domain/policy/evaluation.md
 */
import type { GrantConstraints } from '../domain/keys';
import type { AuthorizationRequest, ContextValue } from '../domain/policy/request';
import type { WorldState } from '../domain/world-state';
import { actionOf, protectedArn } from './approval-sessions';
import { given } from './backup/shapes';
import type { Caller } from './caller';

type Tags = Readonly<Record<string, string>>;
type Keys = Readonly<Record<string, ContextValue | undefined>>;

/** What a request says beside who asks what of which resource. */
export interface RequestKeys extends Pick<AuthorizationRequest, 'encryptionContext' | 'grant'> {
  readonly context: Readonly<Record<string, ContextValue>>;
  readonly requestTags?: Tags;
}

/** The members of inputs of AWS Backup and STS that are keys, and what every service calls its tags. */
interface Members {
  readonly BackupVaultTags?: Tags;
  readonly BackupPlanTags?: Tags;
  readonly FrameworkTags?: Tags;
  readonly RecoveryPointTags?: Tags;
  readonly ReportPlanTags?: Tags;
  readonly Tags?: Tags | readonly Tag[];
  readonly TagKeyList?: readonly string[];
  readonly TagKeys?: readonly string[];
  readonly MinRetentionDays?: number;
  readonly MaxRetentionDays?: number;
  readonly ChangeableForDays?: number;
  readonly Index?: string;
  readonly MpaApprovalTeamArn?: string;
  readonly ReportSetting?: { readonly FrameworkArns?: readonly string[] };
  readonly ExternalId?: string;
  readonly RoleSessionName?: string;
  readonly SourceIdentity?: string;
}

/** A tag as most services write it, and as KMS does. */
interface Tag {
  readonly Key?: string;
  readonly Value?: string;
  readonly TagKey?: string;
  readonly TagValue?: string;
}

interface IamMembers {
  readonly PolicyArn?: string;
  readonly PermissionsBoundary?: string;
  readonly AWSServiceName?: string;
  readonly RoleName?: string;
  readonly UserName?: string;
}

interface Constraints {
  readonly EncryptionContextEquals?: Tags | undefined;
  readonly EncryptionContextSubset?: Tags | undefined;
}

interface KmsMembers {
  readonly KeyId?: string;
  readonly PendingWindowInDays?: number;
  readonly GranteePrincipal?: string;
  readonly RetiringPrincipal?: string;
  readonly Operations?: readonly string[];
  readonly Constraints?: Constraints;
  readonly BypassPolicyLockoutSafetyCheck?: boolean;
  readonly RotationPeriodInDays?: number;
  readonly KeySpec?: string;
  readonly KeyUsage?: string;
  readonly Origin?: string;
  readonly MultiRegion?: boolean;
  readonly ReplicaRegion?: string;
}

interface S3Members {
  readonly Bucket?: string;
  readonly ServerSideEncryption?: string;
  readonly SSEKMSKeyId?: string;
  readonly ACL?: string;
  readonly StorageClass?: string;
  readonly VersionId?: string;
  readonly Prefix?: string;
  readonly Delimiter?: string;
  readonly MaxKeys?: number;
  readonly MetadataDirective?: string;
  readonly CopySource?: string;
  readonly CreateBucketConfiguration?: { readonly LocationConstraint?: string };
  readonly ObjectLockMode?: string;
  readonly ObjectLockLegalHoldStatus?: string;
  readonly ObjectLockRetainUntilDate?: Date;
}

/** @param service what its requests are signed with */
export function requestKeys(state: WorldState, caller: Caller, service: string, input: object): RequestKeys {
  const keys = { ...ofMembers(input as Members), ...ofService(state, caller, service, input) };
  const context = Object.fromEntries(
    Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
  const requestTags = tagsOf(input as Members);
  return {
    context,
    ...(service === 'kms' ? granted(input as KmsMembers) : {}),
    ...(Object.keys(requestTags).length === 0 ? {} : { requestTags }),
  };
}

/** CreateGrant alone says operations; the pairs of its constraints are those of its encryption context. */
function granted({ Operations, Constraints }: KmsMembers): Pick<RequestKeys, 'encryptionContext' | 'grant'> {
  if (Operations === undefined) {
    return {};
  }
  const constraints = constraintsOf(Constraints);
  const pairs = { ...constraints?.encryptionContextSubset, ...constraints?.encryptionContextEquals };
  return {
    grant: { operations: Operations, ...(constraints === undefined ? {} : { constraints }) },
    ...(constraints === undefined ? {} : { encryptionContext: pairs }),
  };
}

/** Constraints of a grant as KMS is told them, as a World keeps them. */
export function constraintsOf(told: Constraints | undefined): GrantConstraints | undefined {
  return (
    told &&
    given({
      encryptionContextSubset: told.EncryptionContextSubset,
      encryptionContextEquals: told.EncryptionContextEquals,
    })
  );
}

function ofService(state: WorldState, caller: Caller, service: string, input: object): Keys {
  switch (service) {
    case 'iam':
      return ofIam(state, caller, input as IamMembers);
    case 'kms':
      return ofKms(state, caller, input as KmsMembers);
    case 'mpa':
      return ofApproval(state, input as { readonly SessionArn?: string });
    case 's3':
      return ofS3(state, caller, input as S3Members);
    default:
      return {};
  }
}

function ofMembers(members: Members): Keys {
  return {
    'backup:MinRetentionDays': members.MinRetentionDays?.toString(),
    'backup:MaxRetentionDays': members.MaxRetentionDays?.toString(),
    'backup:ChangeableForDays': members.ChangeableForDays?.toString(),
    'backup:Index': members.Index,
    'backup:MpaApprovalTeamArn': members.MpaApprovalTeamArn,
    'backup:FrameworkArns': members.ReportSetting?.FrameworkArns,
    'sts:ExternalId': members.ExternalId,
    'sts:RoleSessionName': members.RoleSessionName,
    'sts:SourceIdentity': members.SourceIdentity,
  };
}

/** The boundary is that which a call gives, else that of whom it changes. */
function ofIam({ ledger }: WorldState, caller: Caller, members: IamMembers): Keys {
  const { PolicyArn, PermissionsBoundary, AWSServiceName, RoleName, UserName } = members;
  const role = RoleName === undefined ? undefined : ledger.roles.tryFindRoleByName(caller, RoleName);
  const identity = role ?? (UserName === undefined ? undefined : ledger.roles.tryFindUserByName(caller, UserName));
  const tags = [...(identity?.tags ?? [])].map(([key, value]) => [`iam:ResourceTag/${key}`, value]);
  return {
    'iam:PolicyARN': PolicyArn,
    'iam:PermissionsBoundary': PermissionsBoundary ?? identity?.boundary,
    'iam:AWSServiceName': AWSServiceName,
    ...(Object.fromEntries(tags) as Tags),
  };
}

/** Of calls about a session. Source: service authorization reference of multi-party approval. */
function ofApproval({ access }: WorldState, { SessionArn }: { readonly SessionArn?: string }): Keys {
  const session = SessionArn === undefined ? undefined : access.list().find(({ arn }) => arn === SessionArn);
  return session === undefined
    ? {}
    : {
        'mpa:RequestedOperation': actionOf(session),
        'mpa:ProtectedResourceAccount': protectedArn(session).split(':')[4],
      };
}

/** `kms:ViaService` and `kms:GrantIsForAWSResource` are of calls that services make for somebody. */
function ofKms({ ledger }: WorldState, caller: Caller, members: KmsMembers): Keys {
  const { KeyId, Operations, Constraints } = members;
  const key = KeyId === undefined ? undefined : ledger.keys.tryFind(caller, KeyId);
  const [, alias] = /(?:^|:)(alias\/.+)$/.exec(KeyId ?? '') ?? [];
  return {
    'kms:CallerAccount': caller.account,
    'kms:RequestAlias': alias,
    'kms:ResourceAliases': key && ledger.keys.aliasesOf(key),
    'kms:KeySpec': members.KeySpec ?? key?.made.spec ?? 'SYMMETRIC_DEFAULT',
    'kms:KeyUsage': members.KeyUsage ?? key?.made.usage ?? 'ENCRYPT_DECRYPT',
    'kms:KeyOrigin': members.Origin ?? 'AWS_KMS',
    'kms:MultiRegion': String(members.MultiRegion ?? key?.made.multiRegion ?? false),
    'kms:ReplicaRegion': members.ReplicaRegion,
    'kms:ScheduleKeyDeletionPendingWindowInDays': members.PendingWindowInDays?.toString(),
    'kms:RotationPeriodInDays': members.RotationPeriodInDays?.toString(),
    'kms:BypassPolicyLockoutSafetyCheck': String(members.BypassPolicyLockoutSafetyCheck ?? false),
    'kms:GranteePrincipal': members.GranteePrincipal,
    'kms:RetiringPrincipal': members.RetiringPrincipal,
    'kms:GrantOperations': Operations,
    'kms:GrantConstraintType':
      Constraints && Object.keys(Constraints).map((name) => name[0]?.toUpperCase() + name.slice(1)),
    'kms:GrantIsForAWSResource': 'false',
  };
}

function ofS3({ buckets }: WorldState, { partition }: Caller, members: S3Members): Keys {
  const owner = members.Bucket === undefined ? undefined : buckets.tryFind(partition, members.Bucket)?.env.account;
  return {
    's3:ResourceAccount': owner,
    's3:x-amz-server-side-encryption': members.ServerSideEncryption,
    's3:x-amz-server-side-encryption-aws-kms-key-id': members.SSEKMSKeyId,
    's3:x-amz-acl': members.ACL,
    's3:x-amz-storage-class': members.StorageClass,
    's3:x-amz-metadata-directive': members.MetadataDirective,
    's3:x-amz-copy-source': members.CopySource,
    's3:VersionId': members.VersionId,
    's3:prefix': members.Prefix,
    's3:delimiter': members.Delimiter,
    's3:max-keys': members.MaxKeys?.toString(),
    's3:LocationConstraint': members.CreateBucketConfiguration?.LocationConstraint,
    's3:object-lock-mode': members.ObjectLockMode,
    's3:object-lock-legal-hold': members.ObjectLockLegalHoldStatus,
    's3:object-lock-retain-until-date': members.ObjectLockRetainUntilDate?.toISOString(),
  };
}

function tagsOf(members: Members): Tags {
  const { BackupVaultTags, BackupPlanTags, FrameworkTags, RecoveryPointTags, ReportPlanTags, Tags: given } = members;
  const listed = Array.isArray(given)
    ? Object.fromEntries(
        (given as readonly Tag[]).map((tag) => [tag.Key ?? tag.TagKey ?? '', tag.Value ?? tag.TagValue ?? '']),
      )
    : (given as Tags | undefined);
  const taken = [...(members.TagKeyList ?? []), ...(members.TagKeys ?? [])].map((key) => [key, ''] as const);
  return {
    ...BackupVaultTags,
    ...BackupPlanTags,
    ...FrameworkTags,
    ...RecoveryPointTags,
    ...ReportPlanTags,
    ...listed,
    ...Object.fromEntries(taken),
  };
}
