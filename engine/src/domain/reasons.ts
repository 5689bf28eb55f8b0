/**
 * Why: one number per decision in a column, one sentence when somebody asks.
 *
 * Pure: constants and texts.
 * Source   B4.6 and B1.5 for AWS's own messages; a `message` marked Assumed is ours.
 * Spec     reasons.md
 */
import { AIR_GAP_REASONS } from './air-gap-reasons';
import { DENIALS, NO_ACCESS } from './denials';
import { INJECTED } from './injected-reasons';
import { CONTENT_REASONS } from './content-reasons';
import { DELIVERY_REASONS } from './delivery-reasons';
import { VSS_REASONS } from './vss-reasons';
import { INSPECTION_REASONS } from './inspection-reasons';
import { maker, ours, Reason, ReasonFacts, theirs, UNASSUMABLE, UNUSABLE } from './reason';

export const NO_REASON = 0;
export const DELIVERED = 200;
export const TARGET_MISSING = 201;
export const DENIED_BY_POLICY = 202;
export const FILTERED_OUT = 203;
export const TARGET_NOT_EMULATED = 204;
export const TOPIC_UNSUPPORTED = 205;
export const EVENT_DEPRECATED = 206;
export const CONTROL_IS_MET = 170;
export const CONTROL_IS_NOT_MET = 171;
export const CONTROL_SAYS_NOTHING = 172;
export const RAN_ON_TIME = 1;
export const RAN_AFTER_WAIT = 2;
export const WAITS_FOR_RESOURCE = 3;
export const START_WINDOW_CLOSED = 4;
export const COMPLETION_WINDOW_CLOSED = 5;
export const VAULT_MISSING = 6;
export const RETENTION_OUTSIDE_LOCK = 7;
export const RESOURCE_UNAVAILABLE = 8;
export const TOO_MANY_TAGS = 9;
export const TYPE_UNSUPPORTED = 10;
export const VAULT_NOT_READY = 11;
export const VAULT_FULL = 12;
export const WAITS_FOR_BACKUPS = 13;
export const BUCKETS_FULL = 14;
export const SNAPSHOT_BY_RULE = 20;
export const CONTINUOUS_BY_RULE = 21;
export const SNAPSHOT_WITHOUT_PITR = 22;
export const SNAPSHOT_AS_PITR_ELSEWHERE = 23;
export const COPY_BY_RULE = 24;
export const SNAPSHOT_ON_DEMAND = 25;
export const COPY_ON_DEMAND = 26;
export const DIRECT_TO_AIR_GAP = 27;
export const TEMPORARY_FOR_AIR_GAP = 28;
export const COPY_TO_AIR_GAP = 29;
export const CONTINUOUS_REFRESHED = 31;
export const DESTINATION_MISSING = 40;
export const COPY_RETENTION_OUTSIDE_LOCK = 41;
export const COPY_TYPE_UNSUPPORTED = 42;
export const COPY_REGION_UNSUPPORTED = 43;
export const COPY_ACCOUNT_UNSUPPORTED = 44;
export const COPY_BOTH_UNSUPPORTED = 45;
export const COPY_INTO_OWN_VAULT = 46;
export const DESTINATION_DEFAULT_KEY = 47;
export const SOURCE_MANAGED_KEY = 48;
export const COPY_SOURCE_GONE = 50;
export const COPY_VAULT_FULL = 52;
export const DELETED_BY_LIFECYCLE = 60;
export const DELETED_BY_CALLER = 61;
export const DELETED_AFTER_COPY = 62;
export const MOVED_TO_COLD = 63;
export const DELETION_NOT_PERMITTED = 80;
export const STOPPED_BY_USER = 81;
export const DISASSOCIATED = 82;
export const MEMBER_OF_COMPOSITE = 83;
export const MEMBERS_LEFT_OUT = 84;
export const MEMBERS_FAILED = 85;
export const MEMBER_GONE = 86;
export const LAST_MEMBER_GONE = 87;
export const COMPOSITE_WHOLE = 88;
export const COPY_MEMBERS_LEFT_OUT = 89;
export const RUN_SUPPRESSED_BY_LONGER = 70;
export const IN_MAINTENANCE_WINDOW = 90;
export const IN_BACKUP_WINDOW = 91;
export const WAITS_FOR_UPDATE = 92;
export const UPDATING_TOO_LONG = 93;
export const HYPERVISOR_OFFLINE = 94;
export const VOLUME_GONE = 95;
export const TABLE_GONE = 96;
export const RESOURCE_GONE = 97;
export const SNAPSHOT_UNTIL_MAINTENANCE = 98;
export const CONTINUOUS_LATE = 99;
export const RETENTION_CHANGED = 100;
export const WAITS_FOR_COPIES = 101;
export const STARTS_LATER = 102;
export const RAN_WITHIN_WINDOW = 103;
export const BUCKET_WITHOUT_VERSIONS = 104;
export const RESTORE_TARGET_EXISTS = 120;
export const RESTORE_POINT_GONE = 121;
export const TEST_NOT_STARTED = 122;
export const TEST_METADATA_LACKING = 123;
export const TEST_METADATA_WRONG = 124;
export const TEST_TAG_GONE = 125;
export const KEY_UNUSABLE = 150;
export const KEY_GONE = 151;
export const COPY_KEY_UNUSABLE = 152;
export const COPY_KEY_GONE = 153;
export const ROLE_UNASSUMABLE = 154;
export const COPY_NOT_UNSHARED = 155;
export const COPY_NO_ORGANIZATION = 156;
export const COPY_FEATURE_OFF = 157;
export const COPY_NOT_ADMITTED = 158;
export const COPY_KEY_NOT_SHARED = 159;

const RETENTION = 'The retention specified in the job is not within the range specified for the target Backup Vault.';
const NEAR_WINDOW = 'could not start because it is either inside or too close to the';

const REASONS: Readonly<Record<number, Reason>> = {
  ...AIR_GAP_REASONS,
  ...INSPECTION_REASONS,
  ...CONTENT_REASONS,
  ...DELIVERY_REASONS,
  ...VSS_REASONS,
  [DELIVERED]: ours((f) => `${f.service} took it`),
  [TARGET_MISSING]: ours((f) => `nothing of that ARN is in ${f.service}`),
  [DENIED_BY_POLICY]: ours((f) => `the resource policy of the target does not let it in${detail(f)}`),
  [FILTERED_OUT]: ours(() => 'the filter policy of the subscription does not let it pass'),
  [TARGET_NOT_EMULATED]: ours((f) => `targets in ${f.service} are not emulated`),
  [TOPIC_UNSUPPORTED]: ours(() => 'AWS Backup publishes to standard topics of the same account alone'),
  [EVENT_DEPRECATED]: ours((f) => `AWS Backup accepts the event and no longer sends it${detail(f)}`),
  [RAN_ON_TIME]: ours((f) => `${due(f)} and the resource was free`),
  [RAN_AFTER_WAIT]: ours((f) => `${due(f)}; the job waited until the resource was free`),
  [STARTS_LATER]: ours((f) => `${due(f)}; the job starts later within its start window`),
  [RAN_WITHIN_WINDOW]: ours((f) => `${due(f)}; the job started within its start window, as the resource was free`),
  [WAITS_FOR_RESOURCE]: ours(
    () => 'another backup or copy job of the resource is running; tried again every 10 minutes',
  ),
  [START_WINDOW_CLOSED]: theirs(
    'Backup job failed because there was a running job for the same resource.',
    () => 'the start window closed while another job of the resource was running',
  ),
  [COMPLETION_WINDOW_CLOSED]: theirs(
    'Backup job expired before completion.',
    () => 'the completion window closed before the backup was complete',
  ),
  // Assumed: the text; that the job fails is Source B4.3/6.
  [VAULT_MISSING]: theirs(
    'Backup job failed. The target Backup Vault does not exist.',
    (f) => `vault ${f.vault} does not exist`,
  ),
  [RETENTION_OUTSIDE_LOCK]: theirs(
    `Backup job failed. ${RETENTION}`,
    (f) =>
      `the retention of ${f.rule === undefined ? 'the backup' : `rule ${f.rule}`} is outside what vault ${f.vault} allows${detail(f)}`,
  ),
  // Assumed: how the texts begin.
  [IN_MAINTENANCE_WINDOW]: theirs(
    `Backup job ${NEAR_WINDOW} weekly maintenance window configured`,
    () => 'the maintenance window of the resource is open, or too near',
  ),
  [IN_BACKUP_WINDOW]: theirs(
    `Backup job ${NEAR_WINDOW} automated backup window configured`,
    () => 'the window for automated backups of the resource is open, or too near',
  ),
  [WAITS_FOR_UPDATE]: ours(() => 'the file system is being updated; the job is queued until that is over'),
  // Assumed: the text.
  [UPDATING_TOO_LONG]: theirs(
    'Backup job expired before completion.',
    () => 'the start window closed while the file system was being updated',
  ),
  [HYPERVISOR_OFFLINE]: theirs(
    'This operation is not valid for the specified hypervisor because it is not online',
    () => 'the hypervisor of the virtual machine is not online',
  ),
  [VOLUME_GONE]: theirs('The specified volume was not found.', () => 'the volume was deleted'),
  [TABLE_GONE]: theirs('Table not found.', () => 'the table was deleted'),
  [RESOURCE_GONE]: theirs('Could not find resource', () => 'the resource was deleted'),
  [RESOURCE_UNAVAILABLE]: theirs(
    'Backup job failed because the resource is not in the available state.',
    (f) => `the resource is not in a state that ${f.service} can be backed up in${detail(f)}`,
  ),
  [TOO_MANY_TAGS]: theirs(
    'The resultant tag set must not have more than 50 user tags.',
    () => 'the tags of the resource and those that the rule adds are more than 50',
  ),
  [TYPE_UNSUPPORTED]: theirs(
    'Feature is not supported for provided resource type.',
    (f) => `AWS Backup does not support ${f.service} for this`,
  ),
  // Assumed: the texts.
  [BUCKET_WITHOUT_VERSIONS]: theirs(
    'Backup job failed. S3 Versioning must be enabled on the bucket.',
    () => 'the bucket keeps no versions of its objects',
  ),
  [VAULT_NOT_READY]: theirs(
    'Backup job failed. The target Backup Vault is not available.',
    (f) => `vault ${f.vault} is still being created`,
  ),
  [VAULT_FULL]: theirs(
    'Backup job failed. The target Backup Vault has reached the limit of recovery points.',
    (f) => `vault ${f.vault} has as many recovery points as a vault may have`,
  ),
  [BUCKETS_FULL]: theirs(
    'Backup job failed. The account has reached the limit of Amazon S3 buckets.',
    () => 'AWS Backup backs up as many other buckets of the account as the quota lets it',
  ),
  [COPY_VAULT_FULL]: theirs(
    'Copy job failed. The destination Backup Vault has reached the limit of recovery points.',
    (f) => `vault ${f.vault} has as many recovery points as a vault may have`,
  ),
  [WAITS_FOR_BACKUPS]: ours((f) => `as many backups of ${f.service} are running as may run at once`),
  [SNAPSHOT_BY_RULE]: ours((f) => `rule ${f.rule} of plan ${f.plan} made it`),
  [CONTINUOUS_BY_RULE]: ours((f) => `rule ${f.rule} of plan ${f.plan} keeps it continuously, refreshed at each run`),
  [SNAPSHOT_WITHOUT_PITR]: ours(
    (f) => `rule ${f.rule} of plan ${f.plan} made it as a snapshot: ${f.service} has no point-in-time recovery`,
  ),
  // AWS puts the ARN of the plan behind it.
  [SNAPSHOT_AS_PITR_ELSEWHERE]: theirs(
    'Enabling continuous backup failed, because of the following error: PITR already configured in backup plan',
    (f) => `rule ${f.rule} of plan ${f.plan} made it as a snapshot: another vault holds the continuous backup`,
  ),
  [SNAPSHOT_UNTIL_MAINTENANCE]: ours(
    (f) =>
      `rule ${f.rule} of plan ${f.plan} made it as a snapshot: continuous backup begins with the next maintenance window`,
  ),
  [WAITS_FOR_COPIES]: ours(() => 'as many copies are running as there may be; it runs as soon as one is over'),
  [CONTINUOUS_LATE]: ours(() => 'its retention was over before a run of its rule renewed it'),
  [RETENTION_CHANGED]: ours(() => 'the retention of its rule was changed; another point has the new one'),
  [COPY_BY_RULE]: ours((f) => `copy action of rule ${f.rule} of plan ${f.plan}, from vault ${f.source}`),
  [SNAPSHOT_ON_DEMAND]: ours(() => 'StartBackupJob made it'),
  [COPY_ON_DEMAND]: ours((f) => `StartCopyJob made it from vault ${f.source}`),
  [DIRECT_TO_AIR_GAP]: ours((f) => `rule ${f.rule} of plan ${f.plan} made it in the logically air-gapped vault`),
  [TEMPORARY_FOR_AIR_GAP]: ours(
    (f) => `${maker(f)} made it on its way to a logically air-gapped vault; deleted after the copy`,
  ),
  [COPY_TO_AIR_GAP]: ours((f) => `${maker(f)} targets this vault, by way of vault ${f.source}`),
  [CONTINUOUS_REFRESHED]: ours((f) => `rule ${f.rule} was due and refreshed the continuous backup`),
  // Assumed: the text.
  [DESTINATION_MISSING]: theirs(
    'Copy job failed. The destination Backup Vault does not exist.',
    (f) => `destination vault ${f.vault} does not exist`,
  ),
  [COPY_RETENTION_OUTSIDE_LOCK]: theirs(
    `Copy job failed. ${RETENTION}`,
    (f) => `the retention of the copy is outside what vault ${f.vault} allows${detail(f)}`,
  ),
  [COPY_TYPE_UNSUPPORTED]: theirs(
    'Feature is not supported for provided resource type.',
    (f) => `${f.service} has no copies`,
  ),
  [COPY_REGION_UNSUPPORTED]: theirs(
    'Feature is not supported for provided resource type.',
    (f) => `${f.service} is not copied across Regions`,
  ),
  [COPY_ACCOUNT_UNSUPPORTED]: theirs(
    'Feature is not supported for provided resource type.',
    (f) => `${f.service} is not copied across accounts`,
  ),
  [COPY_BOTH_UNSUPPORTED]: theirs(
    'Feature is not supported for provided resource type.',
    (f) => `${f.service} is not copied across Regions and accounts in one step`,
  ),
  // Assumed: the text; the reference names no answer for it.
  [COPY_INTO_OWN_VAULT]: theirs(
    'Copy job failed. Source and destination Backup Vault are the same.',
    (f) => `vault ${f.vault} holds the source already`,
  ),
  [DESTINATION_DEFAULT_KEY]: theirs(
    'Copy job failed. The destination Backup vault is encrypted with the default Backup service managed key.',
    (f) => `vault ${f.vault} of another account uses the key that AWS manages`,
  ),
  [SOURCE_MANAGED_KEY]: theirs(
    "Snapshots encrypted with the AWS managed key can't be shared.",
    () => 'the recovery point is encrypted with a key that AWS manages, which no other account can use',
  ),
  [COPY_SOURCE_GONE]: theirs('Cannot find recovery point', () => 'the source was deleted before the copy began'),
  [DELETED_BY_LIFECYCLE]: ours(() => 'its lifecycle was over'),
  [DELETED_BY_CALLER]: ours(() => 'DeleteRecoveryPoint was called'),
  [DELETED_AFTER_COPY]: ours(() => 'it was temporary, and its copy into the logically air-gapped vault is over'),
  // Source B4.6/8; events have it in quotation marks.
  [STOPPED_BY_USER]: theirs('Backup job was stopped by user.', () => 'StopBackupJob was called'),
  [DISASSOCIATED]: ours(() => 'DisassociateRecoveryPoint was called: its service keeps it, AWS Backup does not'),
  [DELETION_NOT_PERMITTED]: ours(() => 'AWS Backup was not permitted to delete it'),
  [MEMBER_OF_COMPOSITE]: ours((f) => `the composite backup of ${f.within} made it`),
  [COMPOSITE_WHOLE]: ours(() => 'it holds the points of all members together'),
  // Assumed: the texts.
  [MEMBERS_LEFT_OUT]: theirs(
    'Backup job completed partially. Some resources were not backed up.',
    () => 'a member failed, or AWS Backup does not protect it',
  ),
  [COPY_MEMBERS_LEFT_OUT]: theirs(
    'Copy job completed partially. Some recovery points were not copied.',
    () => 'the point of a member failed to be copied, or its type has no such copies',
  ),
  [MEMBERS_FAILED]: theirs('Nested jobs failed.', () => 'no member came to a recovery point'),
  [MEMBER_GONE]: ours(() => 'a member of it was deleted or taken out'),
  [LAST_MEMBER_GONE]: ours(() => 'its last member was deleted or taken out'),
  [MOVED_TO_COLD]: ours(() => 'its lifecycle moves it to cold storage'),
  [CONTROL_IS_MET]: ours((f) => `all that ${f.plan} looks at complies`),
  [CONTROL_IS_NOT_MET]: ours((f) => `something that ${f.plan} looks at does not comply`),
  [CONTROL_SAYS_NOTHING]: ours((f) => `${f.plan} has nothing to look at`),
  [RUN_SUPPRESSED_BY_LONGER]: ours((f) => `a rule of the same plan with longer retention runs instead of ${f.rule}`),
  ...INJECTED,
  // Assumed: the texts.
  [RESTORE_TARGET_EXISTS]: theirs(
    'Restore job failed. A resource with that name already exists.',
    () => 'a resource of the name that the restore would make exists',
  ),
  [RESTORE_POINT_GONE]: theirs('Cannot find recovery point', () => 'the point was deleted before the restore began'),
  // Source B9.3/4.
  [TEST_NOT_STARTED]: theirs(
    'Restore job was unable to start within the specified start window. Try increasing your start window.',
    () => 'the start window closed while as many tests of the type were running as may run at once',
  ),
  // Assumed: the texts.
  [TEST_METADATA_LACKING]: theirs(
    'Restore job failed. The restore metadata lacks values that AWS Backup cannot infer.',
    () => 'the selection overrides nothing of what AWS Backup cannot infer for this file system',
  ),
  [TEST_METADATA_WRONG]: theirs(
    'Restore job failed. The restore metadata is not valid for the resource type.',
    () => 'an override of the selection is no key of the resource type, or is given twice',
  ),
  [TEST_TAG_GONE]: theirs(
    'Restored resource cannot be deleted, as it has no tag awsbackup-restore-test.',
    () => 'somebody took the tag away by which restored resources are known',
  ),
  [KEY_UNUSABLE]: theirs(UNUSABLE, () => 'the key that encrypts the backup is disabled, or waits for its deletion'),
  [KEY_GONE]: theirs('Given key ID does not exist', () => 'the key that encrypts the backup was deleted'),
  [COPY_KEY_UNUSABLE]: theirs(
    UNUSABLE,
    () => 'the key of the source or of the destination is disabled, or waits for its deletion',
  ),
  [ROLE_UNASSUMABLE]: theirs(UNASSUMABLE, () => 'the role was deleted, or its trust policy does not let AWS Backup in'),
  [COPY_NO_ORGANIZATION]: theirs(
    'Copy job failed. Both source and destination account must be a member of the same organization.',
    (f) => `the account of vault ${f.vault} is in no organization with that of the source`,
  ),
  [COPY_FEATURE_OFF]: theirs(
    'Copy job failed. Cross-account copy feature is not enabled for the current organization.',
    () => 'the organization has cross-account backup turned off, or gives AWS Backup no trusted access',
  ),
  [COPY_NOT_ADMITTED]: theirs(
    NO_ACCESS,
    (f) => `the access policy of vault ${f.vault} does not let the account of the source copy into it`,
  ),
  [COPY_KEY_NOT_SHARED]: theirs(
    'Given key ID is not accessible',
    () => 'the policy of the key of the source does not let the other account use it',
  ),
  [COPY_NOT_UNSHARED]: theirs(
    'Failed to unshare snapshot',
    () => 'the role was deleted before what it had shared with the other account could be taken back',
  ),
  ...DENIALS,
  [COPY_KEY_GONE]: theirs(
    'Given key ID does not exist',
    () => 'the key of the source or of the destination was deleted',
  ),
};

/** The sentence for a decision. */
export function sentence(reason: number, facts: ReasonFacts): string {
  return REASONS[reason]?.sentence(facts) ?? '';
}

/** What AWS shows as the job's status message. */
export function statusMessage(reason: number): string {
  return REASONS[reason]?.message ?? '';
}

function due({ rule }: ReasonFacts): string {
  return rule === undefined ? 'a call asked for it' : `rule ${rule} was due`;
}

function detail(facts: ReasonFacts): string {
  return facts.detail === undefined ? '' : ` (${facts.detail})`;
}
