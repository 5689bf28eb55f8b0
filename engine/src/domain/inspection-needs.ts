/**
 * What indexing and scanning a point ask of policies: of the role of AWS Backup, and of that of the scanner.
 *
 * Pure: reads a ledger. What describes resources is left out, as it is for jobs (job-actions.ts).
 * Source   B2.5/1, B5.5/1, B5.7/2; AWSBackupServiceRolePolicyForIndexing v2, …ForScans v1,
 *          AWSBackupGuardDutyRolePolicyForScans v2, which have the actions. Assumed: that each of these is asked for, and on
 *          which ARN.
 * Spec     role-permissions.md
 */
import { intAt } from '../kernel/columns';
import { INDEX_NOT_ALLOWED, SCAN_NOT_ALLOWED, SCANNER_NOT_ALLOWED } from './denials';
import { keyOfPoint } from './encryption';
import { SNAPSHOT_READING } from './job-actions';
import { decryption, jobRole, knownKey, Need, needed, ofKey, ofPoint, requestOf } from './job-needs';
import type { Ledger } from './ledger';
import type { Principal } from './policy/request';
import { arnOfPoint } from './show';

/** The service that assumes the role of a scanner. */
export const SCANNER_SERVICE = 'malware-protection.guardduty.amazonaws.com';

/** What the scanner may do with a key by the grant that it makes itself. */
const SCANNER_GRANT = ['Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'RetireGrant', 'DescribeKey'];
const READING = ['ebs:ListSnapshotBlocks', 'ebs:GetSnapshotBlock'];

/** Source B5.5/1: blocks of snapshots are read with the role, under their key; indexing S3 takes nothing. */
export function indexNeeds(ledger: Ledger, roleArn: string, point: number): Need[] {
  const role = jobRole(ledger, roleArn);
  return [
    ...reading(ledger, role, point, INDEX_NOT_ALLOWED),
    ...decryption(ledger, role, keyOfPoint(ledger, point), snapshotOf(ledger, point), SNAPSHOT_READING),
  ];
}

/** The role of AWS Backup has the scanner begin, and hands it its role. */
export function scanNeeds(ledger: Ledger, roleArn: string, point: number, scannerRoleArn: string | undefined): Need[] {
  const role = jobRole(ledger, roleArn);
  const { env } = ofPoint(ledger, point);
  const refusal = () => SCAN_NOT_ALLOWED;
  const started = requestOf(ledger, role, 'guardduty:StartMalwareScan', { resource: '*', env });
  const context = { 'iam:PassedToService': SCANNER_SERVICE };
  const passed = [scannerRoleArn ?? []]
    .flat()
    .map((resource) => requestOf(ledger, role, 'iam:PassRole', { resource, env, context }));
  return [started, ...passed].map((request) => ({ request, subject: {}, refusal }));
}

/** The scanner reads snapshots and, of a bucket, an access point to the point. */
export function scannerNeeds(ledger: Ledger, roleArn: string, point: number): Need[] {
  const scanner = jobRole(ledger, roleArn);
  const series = intAt(ledger.points.series, point);
  const keyArn = keyOfPoint(ledger, point);
  if (ledger.resourceOf(series).service.id === 's3') {
    const context = { 'aws:backup:backup-vault': ledger.vaultOf(series).arn };
    const actions = [{ action: 'backup:CreateBackupAccessPoint', on: 'point' as const }];
    return [
      ...needed(ledger, scanner, actions, SCANNER_NOT_ALLOWED, ofPoint(ledger, point)),
      ...decryption(ledger, scanner, keyArn, '', { via: 'backup', context: () => context }),
    ];
  }
  const blocks = reading(ledger, scanner, point, SCANNER_NOT_ALLOWED);
  const key = knownKey(ledger, keyArn);
  if (key === undefined) {
    return blocks;
  }
  const via = `guardduty.${key.made.env.region}.amazonaws.com`;
  const context = {
    'kms:ViaService': via,
    'kms:CallerAccount': scanner.account,
    'kms:GrantIsForAWSResource': 'true',
    'kms:GrantOperations': SCANNER_GRANT,
  };
  const encryptionContext = SNAPSHOT_READING.context(snapshotOf(ledger, point));
  const asked = requestOf(ledger, scanner, 'kms:CreateGrant', { ...ofKey(key, context), encryptionContext });
  const grant = { operations: SCANNER_GRANT, constraints: { encryptionContextSubset: encryptionContext } };
  return [...blocks, { request: { ...asked, grant }, subject: { key }, refusal: () => SCANNER_NOT_ALLOWED }];
}

function reading(ledger: Ledger, role: Principal, point: number, reason: number): Need[] {
  const actions = READING.map((action) => ({ action, on: 'point' as const }));
  return needed(ledger, role, actions, reason, { ...ofPoint(ledger, point), resource: snapshotOf(ledger, point) });
}

/** An image is read by its snapshots, which nothing else names: they have its own id. */
function snapshotOf(ledger: Ledger, point: number): string {
  return arnOfPoint(ledger, point).replace(/:image\/ami-/, ':snapshot/snap-');
}
