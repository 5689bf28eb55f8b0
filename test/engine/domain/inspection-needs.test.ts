// What the roles of indexes and scans may do, in a World whose policies decide.
import type { StatefulResource } from '@holdfast/model';
import { ACCESS_DENIED } from '../../../engine/src/domain/event-codes';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { getRecoveryPointIndexDetails } from '../../../engine/src/operations/backup/get-recovery-point-index-details';
import { listScanJobs } from '../../../engine/src/operations/backup/list-scan-jobs';
import { startScanJob } from '../../../engine/src/operations/backup/start-scan-job';
import { updateRecoveryPointIndexSettings } from '../../../engine/src/operations/backup/update-recovery-point-index-settings';
import { attachRolePolicy } from '../../../engine/src/operations/iam/attach-role-policy';
import { createRole } from '../../../engine/src/operations/iam/create-role';
import { putRolePolicy } from '../../../engine/src/operations/iam/put-role-policy';
import { createGrant } from '../../../engine/src/operations/kms/create-grant';
import { createKey } from '../../../engine/src/operations/kms/create-key';
import {
  allow,
  BACKUPS,
  backedUp,
  deny,
  enforced,
  KEY_ID,
  NO_KEY,
  NOT_AUTHORIZED,
  own,
  TRUST,
} from '../scenarios/enforced-stage';
import { CMK, DAY, ENV, resource, ROLE, until, vault } from '../scenarios/stage';

const managed = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const INDEXING = managed('AWSBackupServiceRolePolicyForIndexing');
const SCANS = managed('AWSBackupServiceRolePolicyForScans');
const SCANNERS = managed('AWSBackupGuardDutyRolePolicyForScans');
const S3_BACKUPS = managed('AWSBackupServiceRolePolicyForS3Backup');
const SCANNER = `arn:aws:iam::${ENV.account}:role/scanner`;

const DISK = resource('ebs', 'vol-0123456789abcdef0', { encryptedWith: CMK });
const MACHINE = resource('ec2', 'i-0123456789abcdef0', { encryptedWith: CMK });
const BUCKET = resource('s3', 'pictures');
const ROOT = { AWS: `arn:aws:iam::${ENV.account}:root` };

/** A World in which a role with these policies has backed up everything once, under a key that its account may use. */
function staged(policies: string[], Statement: object[] = [{ ...allow('kms:*'), Principal: ROOT }]): WorldState {
  const state = enforced([BACKUPS, S3_BACKUPS, ...policies], {
    vaults: [vault('main')],
    resources: [DISK, MACHINE, BUCKET],
  });
  createKey(state, ENV, { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }, KEY_ID);
  for (const { arn } of [DISK, MACHINE, BUCKET]) {
    expect(backedUp(state, arn)).toBe('COMPLETED');
  }
  return state;
}

function pointOf(state: WorldState, { arn }: StatefulResource): string {
  return state.pointsOf(arn)[0]?.recoveryPointArn ?? '';
}

function pass(state: WorldState): void {
  until(state, new Date(state.now + DAY).toISOString());
}

/** What the World told of denials since the start: which step, and which policy. */
function told(state: WorldState): string[] {
  const { log, names } = state.ledger;
  return Array.from({ length: log.keptCount }, (_, row) => log.event(row))
    .filter(({ code }) => code === ACCESS_DENIED)
    .map(({ cause }) => names.text(cause));
}

function indexed(state: WorldState, of: StatefulResource): string {
  const point = { BackupVaultName: 'main', RecoveryPointArn: pointOf(state, of) };
  updateRecoveryPointIndexSettings(state, ENV, { ...point, Index: 'ENABLED', IamRoleArn: ROLE });
  pass(state);
  const { IndexStatus, IndexStatusMessage } = getRecoveryPointIndexDetails(state, ENV, point);
  return IndexStatus === 'ACTIVE' ? IndexStatus : (IndexStatusMessage ?? 'none');
}

describe('an index', () => {
  test('of EBS needs a role that may read blocks of the snapshot, under its key; of S3 none (B5.5/1)', () => {
    expect(indexed(staged([INDEXING]), DISK)).toBe('ACTIVE');
    const bare = staged([]);
    expect(indexed(bare, DISK)).toBe(NOT_AUTHORIZED);
    expect(told(bare)).toEqual([expect.stringContaining('may not ebs:ListSnapshotBlocks')]);
    expect(indexed(bare, BUCKET)).toBe('ACTIVE');
  });

  // prettier-ignore
  test.each<[string, object, string]>([
    ['is denied blocks',                        deny('ebs:GetSnapshotBlock'),                                                                        NOT_AUTHORIZED],
    ['is denied those of another snapshot',     deny('ebs:GetSnapshotBlock', 'arn:aws:ec2:eu-central-1::snapshot/snap-00000000000000000'),            'ACTIVE'],
    ['is denied the key',                       deny('kms:Decrypt'),                                                                                 NO_KEY],
    ['is denied the key through another way',   deny('kms:Decrypt', '*', { Condition: { StringNotLike: { 'kms:ViaService': 'ec2.*.amazonaws.com' } } }), 'ACTIVE'],
  ])('whose role %s FAILED, or not', (_, statement, expected) => {
    const state = staged([INDEXING]);
    own(state, statement);
    expect(indexed(state, DISK)).toBe(expected);
    expect(told(state)).toHaveLength(expected === 'ACTIVE' ? 0 : 1);
  });
});

/** How a scan ends, with a scanner that trusts and has this. */
function scanned(
  state: WorldState,
  of: StatefulResource,
  policies: string[],
  service = 'malware-protection.guardduty',
  statement?: object,
): string {
  createRole(state, ENV, { RoleName: 'scanner', AssumeRolePolicyDocument: TRUST.replace('backup.', `${service}.`) });
  for (const PolicyArn of policies) {
    attachRolePolicy(state, ENV, { RoleName: 'scanner', PolicyArn });
  }
  if (statement !== undefined) {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statement });
    putRolePolicy(state, ENV, { RoleName: 'scanner', PolicyName: 'own', PolicyDocument });
  }
  startScanJob(state, ENV, {
    BackupVaultName: 'main',
    RecoveryPointArn: pointOf(state, of),
    IamRoleArn: ROLE,
    ScannerRoleArn: SCANNER,
    MalwareScanner: 'GUARDDUTY',
    ScanMode: 'FULL_SCAN',
  });
  pass(state);
  const [job] = listScanJobs(state, ENV, {}).ScanJobs ?? [];
  return job?.State === 'COMPLETED' ? job.State : (job?.StatusMessage ?? 'none');
}

describe('a scan', () => {
  test.each([DISK, MACHINE, BUCKET])('of $service is done with the policies that AWS manages for it (B2.5/1)', (of) => {
    expect(scanned(staged([SCANS]), of, [SCANNERS])).toBe('COMPLETED');
    const unread = staged([SCANS]);
    expect(scanned(unread, of, [])).toBe(NOT_AUTHORIZED);
    expect(told(unread)).toEqual([expect.stringMatching(/scanner\/.* may not (ebs:ListSnapshotBlocks|backup:Create)/)]);
    const unasked = staged([]);
    expect(scanned(unasked, of, [SCANNERS])).toBe(NOT_AUTHORIZED);
    expect(told(unasked)).toEqual([expect.stringContaining('may not guardduty:StartMalwareScan')]);
  });

  test('needs a scanner that is there and trusts GuardDuty', () => {
    expect(scanned(staged([SCANS]), DISK, [SCANNERS], 'backup')).toBe('Scanner role cannot be assumed by GuardDuty');
    const state = staged([SCANS]);
    startScanJob(state, ENV, {
      BackupVaultName: 'main',
      RecoveryPointArn: pointOf(state, DISK),
      IamRoleArn: ROLE,
      ScannerRoleArn: `${SCANNER}2`,
      MalwareScanner: 'GUARDDUTY',
      ScanMode: 'FULL_SCAN',
    });
    pass(state);
    expect(listScanJobs(state, ENV, {}).ScanJobs?.[0]?.StatusMessage).toBe(
      'Scanner role cannot be assumed by GuardDuty',
    );
  });

  // prettier-ignore
  test.each<[string, object, string]>([
    ['may not hand the scanner its role',          deny('iam:PassRole'),                                    NOT_AUTHORIZED],
    ['may not hand that role to somebody else',    deny('iam:PassRole', '*', { Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } }), 'COMPLETED'],
  ])('whose role %s FAILED, or not', (_, statement, expected) => {
    const state = staged([SCANS]);
    own(state, statement);
    expect(scanned(state, DISK, [SCANNERS])).toBe(expected);
  });

  // prettier-ignore
  test.each<[string, object, string]>([
    ['the key',                                    deny('kms:CreateGrant'),                                 NOT_AUTHORIZED],
    ['the key, for the snapshot',                  deny('kms:CreateGrant', '*', { Condition: { StringLike: { 'kms:EncryptionContext:aws:ebs:id': 'snap-*' } } }), NOT_AUTHORIZED],
    ['the key, for a volume',                      deny('kms:CreateGrant', '*', { Condition: { StringLike: { 'kms:EncryptionContext:aws:ebs:id': 'vol-*' } } }),  'COMPLETED'],
    ['blocks without the tag of AWS Backup',       deny('ebs:*', '*', { Condition: { Null: { 'aws:ResourceTag/aws:backup:source-resource': 'true' } } }),       'COMPLETED'],
  ])('whose scanner is denied %s FAILED, or not', (_, statement, expected) => {
    expect(scanned(staged([SCANS]), DISK, [SCANNERS], undefined, statement)).toBe(expected);
  });

  test('of a disk that no key encrypts asks for none', () => {
    const bare = resource('ebs', 'vol-0123456789abcdef1');
    const state = enforced([BACKUPS, SCANS], { vaults: [vault('main')], resources: [bare] });
    expect(backedUp(state, bare.arn)).toBe('COMPLETED');
    expect(scanned(state, bare, [SCANNERS], undefined, deny('kms:*'))).toBe('COMPLETED');
  });

  const ENOUGH = ['CreateGrant', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'RetireGrant', 'DescribeKey'] as const;

  // prettier-ignore
  test.each<[what: string, operations: readonly (typeof ENOUGH)[number][], snapshot: string | undefined, expected: string]>([
    ['no grant',                               [],                  undefined,                NOT_AUTHORIZED],
    ['a grant of all that it grants',          ENOUGH,              undefined,                'COMPLETED'],
    ['a grant of less',                        ENOUGH.slice(0, 3),  undefined,                NOT_AUTHORIZED],
    ['a grant for the snapshot',               ENOUGH,              'its own',                'COMPLETED'],
    ['a grant for another snapshot',           ENOUGH,              'snap-00000000000000000', NOT_AUTHORIZED],
  ])('under a key whose policy is for others needs a grant that lets it make its own: %s', (_, operations, snapshot, expected) => {
    const state = staged([SCANS], [{ ...allow('kms:*'), Principal: { AWS: ROLE } }]);
    const own_ = pointOf(state, DISK).split('/').at(-1) ?? '';
    if (operations.length > 0) {
      createGrant(state, ENV, {
        ...{ KeyId: CMK, GranteePrincipal: SCANNER, Operations: [...operations] },
        ...(snapshot && { Constraints: { EncryptionContextSubset: { 'aws:ebs:id': snapshot === 'its own' ? own_ : snapshot } } }),
      });
    }
    expect(scanned(state, DISK, [SCANNERS])).toBe(expected);
  });
});
