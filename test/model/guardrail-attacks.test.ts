import { BackDoorService, Guardrail, GuardrailRoles } from '@holdfast/model';
import { Context, denied } from './guardrail-oracle';

const ADMIN = 'arn:aws:iam::111122223333:role/admin';
const ROOT = 'arn:aws:iam::111122223333:root';
const GLASS = 'arn:aws:iam::111122223333:role/emergency/break-glass';
const DEPLOY = 'arn:aws:iam::111122223333:role/cdk-hnb659fds-cfn-exec-role-111122223333-eu-central-1';
const BACKUP = 'arn:aws:iam::111122223333:role/service-role/AWSBackupDefaultServiceRole';
const SSO = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Backup_0123';
const ROLES: GuardrailRoles = {
  breakGlassRoleArns: [
    'arn:aws:iam::*:role/emergency/break-glass',
    'arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Backup_*',
  ],
  deploymentRoleArns: ['arn:aws:iam::*:role/cdk-*-cfn-exec-role-*'],
  exemptPolicyArns: ['arn:aws:iam::*:policy/emergency/*'],
};

const VAULT = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:main';
const POINT = 'arn:aws:backup:eu-central-1:111122223333:recovery-point:1';
const SNAPSHOT = 'arn:aws:ec2:eu-central-1::snapshot/snap-1';
const IMAGE = 'arn:aws:ec2:eu-central-1::image/ami-1';
const RDS = 'arn:aws:rds:eu-central-1:111122223333:snapshot:awsbackup:job-1';
const OWN_RDS = 'arn:aws:rds:eu-central-1:111122223333:snapshot:before-upgrade';
const DYNAMODB = 'arn:aws:dynamodb:eu-central-1:111122223333:table/t/backup/01-1';
const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/1';
const KIT = 'arn:aws:iam::111122223333:policy/emergency/kit';
const TO = (service: string): Context => ({ 'iam:PassedToService': `${service}.amazonaws.com` });
const MARKED = { 'aws:ResourceTag/backup-key': 'true' };
const MADE = { 'aws:ResourceTag/aws:backup:source-resource': 'arn:aws:ec2:eu-central-1:111122223333:volume/vol-1' };

const back = Guardrail.noBackDoorDeletes();
const share = Guardrail.noSharing();
const keys = Guardrail.protectKeys();
const floor = Guardrail.lockFloor({ minRetentionDays: 35, minRetentionDaysAtMost: 100, maxRetentionDaysAtLeast: 400 });
const grace = Guardrail.graceTime({ minDays: 7, maxDays: 30 });
const never = Guardrail.graceTime({ governanceAllowed: false });
const eu = Guardrail.copiesOnlyToRegions(['eu-central-1', 'eu-north-*']);
const paths = Guardrail.copiesOnlyToOrganizationPaths(['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*']);
const tagged = Guardrail.copiesOnlyIntoTaggedVaults();
const residency = Guardrail.residency(['eu-central-1']);
const kms = Guardrail.keysOnlyInsideOrganization({ organizationId: 'o-a1b2c3d4e5', accountIds: ['999999999999'] });
const bucket = Guardrail.reportBucketsOnlyInsideOrganization({
  organizationId: 'o-a1b2c3d4e5',
  bucketNames: ['reports'],
});
const TARGET = (region: string): Context => ({
  'backup:CopyTargets': [`arn:aws:backup:${region}:111122223333:backup-vault:x`],
});
const ORG_PATH = (path: string): Context => ({ 'backup:CopyTargetOrgPaths': [path] });
const LOCK = (min?: number, max?: number): Context => ({
  'backup:MinRetentionDays': min,
  'backup:MaxRetentionDays': max,
});
const STRANGER = {
  'aws:PrincipalOrgID': 'o-strangers1',
  'aws:PrincipalAccount': '444455556666',
  'aws:PrincipalIsAWSService': 'false',
};
const SERVICE = { 'aws:PrincipalIsAWSService': 'true', 'aws:SourceAccount': '444455556666' };

type Row = [
  guardrail: Guardrail,
  principal: string,
  action: string,
  resource: string,
  context: Context,
  verdict: 'denied' | 'passes',
];

// prettier-ignore
const ROWS: Row[] = [
  [Guardrail.protectRecoveryPoints(), ADMIN,  'backup:DeleteRecoveryPoint', POINT,    {}, 'denied'],
  [Guardrail.protectRecoveryPoints(), ADMIN,  'backup:DeleteRecoveryPoint', SNAPSHOT, {}, 'denied'],
  [Guardrail.protectRecoveryPoints(), ADMIN,  'backup:DeleteRecoveryPoint', RDS,      {}, 'denied'],
  [Guardrail.protectRecoveryPoints(), ROOT,   'backup:DeleteRecoveryPoint', POINT,    {}, 'denied'],
  [Guardrail.protectRecoveryPoints(), DEPLOY, 'backup:DeleteRecoveryPoint', POINT,    {}, 'denied'],
  [Guardrail.protectRecoveryPoints(), GLASS,  'backup:DeleteRecoveryPoint', POINT,    {}, 'passes'],
  [Guardrail.protectRecoveryPoints(), SSO,    'backup:DeleteRecoveryPoint', POINT,    {}, 'passes'],
  [Guardrail.protectRecoveryPoints(), ADMIN,  'backup:StartRestoreJob',     POINT,    {}, 'passes'],
  [Guardrail.protectRecoveryPoints(), 'arn:aws:iam::111122223333:role/break-glass', 'backup:DeleteRecoveryPoint', POINT, {}, 'denied'],
  [Guardrail.protectRecoveryPoints(), 'arn:aws:iam::111122223333:user/emergency/break-glass', 'backup:DeleteRecoveryPoint', POINT, {}, 'denied'],
  [Guardrail.protectLocks(),          DEPLOY, 'backup:PutBackupVaultLockConfiguration',    VAULT, {}, 'passes'],
  [Guardrail.protectLocks(),          DEPLOY, 'backup:DeleteBackupVaultLockConfiguration', VAULT, {}, 'denied'],
  [Guardrail.protectLocks(),          GLASS,  'backup:DeleteBackupVaultLockConfiguration', VAULT, {}, 'passes'],
  [Guardrail.protectLocks(),          ADMIN,  'backup:PutBackupVaultLockConfiguration',    VAULT, {}, 'denied'],
  [Guardrail.protectLegalHolds(),     DEPLOY, 'backup:CancelLegalHold', '*', {}, 'denied'],
  [Guardrail.protectPlans(),          DEPLOY, 'backup:DeleteBackupSelection', '*', {}, 'passes'],
  [Guardrail.protectPlans(),          ADMIN,  'backup:DeleteBackupSelection', '*', {}, 'denied'],
  [Guardrail.protectExemptRoles(),    ADMIN,  'iam:CreateRole',             GLASS,  {}, 'denied'],
  [Guardrail.protectExemptRoles(),    ADMIN,  'iam:UpdateAssumeRolePolicy', DEPLOY, {}, 'denied'],
  [Guardrail.protectExemptRoles(),    ADMIN,  'iam:AttachRolePolicy',       BACKUP, {}, 'denied'],
  [Guardrail.protectExemptRoles(),    DEPLOY, 'iam:AttachRolePolicy',       BACKUP, {}, 'passes'],
  [Guardrail.protectExemptRoles(),    ADMIN,  'iam:CreateRole',             ADMIN,  {}, 'passes'],
  [Guardrail.protectExemptRoles(),    ADMIN,  'iam:PassRole',               GLASS,  TO('lambda'),          'denied'],
  [Guardrail.protectExemptRoles(),    ADMIN,  'iam:PassRole',               GLASS,  TO('cloudformation'),  'denied'],
  [Guardrail.protectExemptRoles(),    DEPLOY, 'iam:PassRole',               GLASS,  TO('ec2'),             'denied'],
  [Guardrail.protectExemptRoles(),    GLASS,  'iam:PassRole',               GLASS,  TO('ec2'),             'denied'],
  [Guardrail.protectExemptRoles(),    ADMIN,  'iam:PassRole',               DEPLOY, TO('cloudformation'),  'passes'],
  [Guardrail.protectExemptRoles(),    ADMIN,  'iam:PassRole',               DEPLOY, TO('codebuild'),       'denied'],
  [Guardrail.protectExemptRoles(),    ADMIN,  'iam:PassRole',               DEPLOY, {},                    'denied'],
  [Guardrail.protectExemptRoles(),    DEPLOY, 'iam:PassRole',               DEPLOY, TO('codebuild'),       'passes'],
  [Guardrail.protectExemptRoles(),    ADMIN,  'iam:PassRole',               BACKUP, TO('backup'),          'passes'],
  [Guardrail.protectExemptRoles(),    ADMIN,  'iam:PassRole',               BACKUP, TO('restore-testing.backup'), 'passes'],
  [Guardrail.protectExemptRoles(),    ADMIN,  'iam:PassRole',               BACKUP, TO('malware-protection.guardduty'), 'passes'],
  [Guardrail.protectExemptRoles(),    ADMIN,  'iam:PassRole',               BACKUP, TO('glue'),            'denied'],
  [Guardrail.protectExemptRoles(),    GLASS,  'iam:PassRole',               BACKUP, TO('glue'),            'passes'],
  [Guardrail.protectExemptRoles(),    ADMIN,  'iam:PassRole',               ADMIN,  TO('ec2'),             'passes'],
  [Guardrail.protectExemptRoles(),    ADMIN,  'iam:CreatePolicyVersion',    KIT,    {}, 'denied'],
  [Guardrail.protectExemptRoles(),    ADMIN,  'iam:SetDefaultPolicyVersion', KIT,   {}, 'denied'],
  [Guardrail.protectExemptRoles(),    DEPLOY, 'iam:CreatePolicyVersion',    KIT,    {}, 'passes'],
  [Guardrail.protectExemptRoles(),    GLASS,  'iam:CreatePolicyVersion',    KIT,    {}, 'passes'],
  [Guardrail.protectExemptRoles(),    ADMIN,  'iam:CreatePolicyVersion',    'arn:aws:iam::111122223333:policy/mine', {}, 'passes'],
  [Guardrail.protectExemptRoles(),    ADMIN,  'iam:AttachRolePolicy',       KIT,    {}, 'passes'],
  [Guardrail.protectServiceLinkedRoles(), ADMIN, 'iam:DeleteServiceLinkedRole', 'arn:aws:iam::111122223333:role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports', {}, 'denied'],
  [Guardrail.protectServiceLinkedRoles(), ADMIN, 'iam:DeleteServiceLinkedRole', 'arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS', {}, 'passes'],
  [keys, ADMIN,  'kms:ScheduleKeyDeletion', KEY, MARKED, 'denied'],
  [keys, ADMIN,  'kms:ScheduleKeyDeletion', KEY, {},     'passes'],
  [keys, DEPLOY, 'kms:ScheduleKeyDeletion', KEY, MARKED, 'denied'],
  [keys, DEPLOY, 'kms:PutKeyPolicy',        KEY, MARKED, 'passes'],
  [keys, ADMIN,  'kms:PutKeyPolicy',        KEY, MARKED, 'denied'],
  [keys, ADMIN,  'kms:UntagResource',       KEY, { ...MARKED, 'aws:TagKeys': ['backup-key'] }, 'denied'],
  [keys, ADMIN,  'kms:TagResource',         KEY, { ...MARKED, 'aws:TagKeys': ['owner', 'Backup-Key'] }, 'denied'],
  [keys, ADMIN,  'kms:TagResource',         KEY, { ...MARKED, 'aws:TagKeys': ['owner'] }, 'passes'],
  [eu, GLASS, 'backup:CopyFromBackupVault', POINT, TARGET('us-east-1'),    'denied'],
  [eu, ADMIN, 'backup:CopyFromBackupVault', POINT, TARGET('eu-central-1'), 'passes'],
  [eu, ADMIN, 'backup:CopyFromBackupVault', POINT, TARGET('eu-north-1'),   'passes'],
  [eu, ADMIN, 'backup:CopyFromBackupVault', POINT, TARGET('eu-central-2'), 'denied'],
  [eu, ADMIN, 'backup:CopyFromBackupVault', POINT, {}, 'denied'],
  [paths, ADMIN, 'backup:CopyFromBackupVault', POINT, ORG_PATH('o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-22222222/'), 'passes'],
  [paths, ADMIN, 'backup:CopyFromBackupVault', POINT, ORG_PATH('o-a1b2c3d4e5/r-ab12/ou-ab12-33333333/'), 'denied'],
  [paths, ADMIN, 'backup:CopyFromBackupVault', POINT, {}, 'denied'],
  [tagged, ADMIN,  'backup:CopyIntoBackupVault', VAULT, {}, 'denied'],
  [tagged, ADMIN,  'backup:CopyIntoBackupVault', VAULT, { 'aws:ResourceTag/backup-destination': 'no' },   'denied'],
  [tagged, ADMIN,  'backup:CopyIntoBackupVault', VAULT, { 'aws:ResourceTag/backup-destination': 'true' }, 'passes'],
  [tagged, ADMIN,  'backup:TagResource',         VAULT, { 'aws:TagKeys': ['backup-destination'] }, 'denied'],
  [tagged, ADMIN,  'backup:CreateBackupVault',   VAULT, { 'aws:TagKeys': ['Backup-Destination'] }, 'denied'],
  [tagged, ADMIN,  'backup:CreateBackupVault',   VAULT, {}, 'passes'],
  [tagged, DEPLOY, 'backup:CreateBackupVault',   VAULT, { 'aws:TagKeys': ['backup-destination'] }, 'passes'],
  [floor, GLASS, 'backup:PutBackupVaultLockConfiguration', VAULT, LOCK(34),       'denied'],
  [floor, ADMIN, 'backup:PutBackupVaultLockConfiguration', VAULT, LOCK(35),       'passes'],
  [floor, ADMIN, 'backup:PutBackupVaultLockConfiguration', VAULT, LOCK(),         'denied'],
  [floor, ADMIN, 'backup:PutBackupVaultLockConfiguration', VAULT, LOCK(100, 400), 'passes'],
  [floor, ADMIN, 'backup:PutBackupVaultLockConfiguration', VAULT, LOCK(101, 400), 'denied'],
  [floor, ADMIN, 'backup:PutBackupVaultLockConfiguration', VAULT, LOCK(35, 399),  'denied'],
  [floor, ADMIN, 'backup:CreateLogicallyAirGappedBackupVault', VAULT, LOCK(7, 400), 'denied'],
  [grace, ADMIN, 'backup:PutBackupVaultLockConfiguration', VAULT, { 'backup:ChangeableForDays': 6 },  'denied'],
  [grace, ADMIN, 'backup:PutBackupVaultLockConfiguration', VAULT, { 'backup:ChangeableForDays': 7 },  'passes'],
  [grace, ADMIN, 'backup:PutBackupVaultLockConfiguration', VAULT, { 'backup:ChangeableForDays': 30 }, 'passes'],
  [grace, ADMIN, 'backup:PutBackupVaultLockConfiguration', VAULT, { 'backup:ChangeableForDays': 31 }, 'denied'],
  [grace, ADMIN, 'backup:PutBackupVaultLockConfiguration', VAULT, {}, 'passes'],
  [never, ADMIN, 'backup:PutBackupVaultLockConfiguration', VAULT, {}, 'denied'],
  [never, ADMIN, 'backup:PutBackupVaultLockConfiguration', VAULT, { 'backup:ChangeableForDays': 3 }, 'passes'],
  [residency, GLASS, 'backup:CreateBackupVault', VAULT, { 'aws:RequestedRegion': 'us-east-1' },    'denied'],
  [residency, ADMIN, 'backup:CreateBackupVault', VAULT, { 'aws:RequestedRegion': 'eu-central-1' }, 'passes'],
  [back, ADMIN,  'ec2:DeleteSnapshot',     SNAPSHOT, MADE, 'denied'],
  [back, ADMIN,  'ec2:DeleteSnapshot',     SNAPSHOT, {},   'passes'],
  [back, BACKUP, 'ec2:DeleteSnapshot',     SNAPSHOT, MADE, 'passes'],
  [back, GLASS,  'ec2:DeleteSnapshot',     SNAPSHOT, MADE, 'passes'],
  [back, DEPLOY, 'ec2:DeleteSnapshot',     SNAPSHOT, MADE, 'denied'],
  [back, ADMIN,  'ec2:DisableImage',       IMAGE,    MADE, 'denied'],
  [back, ADMIN,  'rds:DeleteDBSnapshot',   RDS,      {},   'denied'],
  [back, ADMIN,  'rds:DeleteDBSnapshot',   OWN_RDS,  {},   'passes'],
  [back, ADMIN,  'dynamodb:DeleteBackup',  DYNAMODB, {},   'denied'],
  [back, ADMIN,  'fsx:DeleteBackup',       'arn:aws:fsx:eu-central-1:111122223333:backup/backup-1', {}, 'denied'],
  [back, ADMIN,  'redshift:DeleteClusterSnapshot', 'arn:aws:redshift:eu-central-1:111122223333:snapshot:c/awsbackup:job-1', {}, 'denied'],
  [back, ADMIN,  'redshift:DeleteClusterSnapshot', 'arn:aws:redshift:eu-central-1:111122223333:snapshot:c/mine', {}, 'passes'],
  [back, ADMIN,  'rds:DeleteDBInstance',   'arn:aws:rds:eu-central-1:111122223333:db:d', {}, 'passes'],
  [Guardrail.noBackDoorDeletes({ services: [BackDoorService.RDS] }), ADMIN, 'dynamodb:DeleteBackup', DYNAMODB, {}, 'passes'],
  [share, ADMIN, 'ec2:ModifySnapshotAttribute',   SNAPSHOT, MADE, 'denied'],
  [share, ADMIN, 'rds:ModifyDBSnapshotAttribute', RDS,      {},   'denied'],
  [share, ADMIN, 'redshift-serverless:PutResourcePolicy', '*', {}, 'denied'],
  [Guardrail.stayInOrganization(), GLASS, 'organizations:LeaveOrganization', '*', {}, 'denied'],
  [Guardrail.stayInOrganization(), ROOT,  'account:CloseAccount', '*', {}, 'denied'],
  [kms, 'arn:aws:iam::444455556666:role/x', 'kms:Decrypt', KEY, { ...MARKED, ...STRANGER }, 'denied'],
  [kms, 'arn:aws:iam::444455556666:role/x', 'kms:Decrypt', KEY, STRANGER, 'passes'],
  [kms, 'arn:aws:iam::999999999999:role/x', 'kms:Decrypt', KEY, { ...MARKED, ...STRANGER, 'aws:PrincipalAccount': '999999999999' }, 'passes'],
  [kms, ADMIN, 'kms:Decrypt', KEY, { ...MARKED, 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:PrincipalIsAWSService': 'false' }, 'passes'],
  [kms, 'anonymous', 'kms:Decrypt', KEY, MARKED, 'denied'],
  [kms, 'service', 'kms:Decrypt', KEY, { ...MARKED, ...SERVICE, 'aws:SourceOrgID': 'o-strangers1' }, 'denied'],
  [kms, 'service', 'kms:Decrypt', KEY, { ...MARKED, ...SERVICE }, 'denied'],
  [kms, 'service', 'kms:Decrypt', KEY, { ...MARKED, ...SERVICE, 'aws:SourceOrgID': 'o-a1b2c3d4e5' }, 'passes'],
  [kms, 'service', 'kms:Decrypt', KEY, { ...MARKED, 'aws:PrincipalIsAWSService': 'true' }, 'passes'],
  [bucket, 'arn:aws:iam::444455556666:role/x', 's3:GetObject', 'arn:aws:s3:::reports/a.csv', STRANGER, 'denied'],
  [bucket, 'arn:aws:iam::444455556666:role/x', 's3:ListBucket', 'arn:aws:s3:::reports',      STRANGER, 'denied'],
  [bucket, 'arn:aws:iam::444455556666:role/x', 's3:GetObject', 'arn:aws:s3:::website/a.css', STRANGER, 'passes'],
];

test.each(
  ROWS.map((row) => ({
    row,
    title: `${row[0].id}: ${row[2]} on ${row[3]} by ${row[1]} ${row[5]} (${JSON.stringify(row[4])})`,
  })),
)('$title', ({ row }) => {
  const [guardrail, principal, action, resource, context, verdict] = row;
  expect(denied(guardrail.statements(ROLES), { principal, action, resource, context })).toBe(verdict === 'denied');
});

test('without break-glass roles the root user and everybody else are denied', () => {
  const statements = Guardrail.protectRecoveryPoints().statements({});
  expect(statements).toEqual([{ Effect: 'Deny', Action: expect.any(Array), Resource: '*' }]);
});

test('without exempt roles there are none to protect', () => {
  expect(Guardrail.protectExemptRoles().statements({ backupRoleArns: [] })).toEqual([]);
});

test('a role that a pattern covers is left to the pattern', () => {
  const breakGlassRoleArns = ['arn:aws:iam::*:role/a/*', 'arn:aws:iam::111122223333:role/a/b', 'arn:aws:iam::*:role/c'];
  expect(Guardrail.protectRecoveryPoints().statements({ breakGlassRoleArns })[0].Condition.ArnNotLike).toEqual({
    'aws:PrincipalArn': ['arn:aws:iam::*:role/a/*', 'arn:aws:iam::*:role/c'],
  });
});
