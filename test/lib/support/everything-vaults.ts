import {
  AirGappedRoute,
  LogicallyAirGappedVault,
  RestoreAccessVault,
  Vault,
  VaultCopyTarget,
  VaultEncryption,
} from '@holdfast/cdk';
import { VaultCopySource, VaultPurpose, Waiver } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';

const OTHER = '444455556666';
const ORGANIZATION = 'o-a1b2c3d4e5';
const UNIT = `${ORGANIZATION}/r-ab12/ou-ab12-11111111/*`;
const TEAM = `arn:aws:mpa:us-east-1:${OTHER}:approval-team/restore-a1b2c3d4`;
const SAID = { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' };
const SOURCES = [
  VaultCopySource.account(OTHER),
  VaultCopySource.organization(ORGANIZATION),
  VaultCopySource.organizationPath(UNIT),
];
const waivers = (rule: string): Waiver[] => [{ rule, path: '*', reason: 'shows a waiver in the template' }];

/** Declares vaults of every kind with every property. */
export function declareEveryVault(stack: Stack): void {
  const role = new iam.Role(stack, 'BreakGlassOfVaults', { assumedBy: new iam.AccountRootPrincipal() });
  const email = new subscriptions.EmailSubscription('backups@example.com');
  const primary = standardVaults(stack, role, email);
  const targets = [
    VaultCopyTarget.vault(primary.backupVault),
    VaultCopyTarget.vaultArn('arn:aws:backup:eu-*:444455556666:backup-vault:*'),
    VaultCopyTarget.organizationPath(UNIT),
  ];
  const gapped = new LogicallyAirGappedVault(stack, 'Gapped', {
    backupVaultName: 'gapped',
    minRetentionDays: 7,
    maxRetentionDays: 400,
    complianceAcknowledgement: SAID,
    outputDateOfNoReturn: true,
    encryption: VaultEncryption.customerManaged(),
    mpaApprovalTeamArn: TEAM,
    breakGlassRoles: [role],
    copiesInFrom: SOURCES,
    copiesOutTo: targets,
    notificationTopic: primary.notificationTopic,
    notificationEvents: ['COPY_JOB_FAILED', 'RESTORE_JOB_COMPLETED'],
    removalPolicy: RemovalPolicy.RETAIN,
    tags: { owner: 'platform' },
    waivers: waivers('vault-encryption-key-outside-lock'),
  });
  gapped.share('Recovery', {
    accounts: [OTHER],
    allowExternalPrincipals: true,
    resourceShareName: 'gapped-for-recovery',
  });
  const access = new RestoreAccessVault(stack, 'Access', {
    sourceBackupVaultArn: `arn:aws:backup:${stack.region}:${OTHER}:backup-vault:gapped`,
    backupVaultName: 'access',
    requesterComment: 'drill of January',
    mpaApprovalTeamArn: TEAM,
    removalPolicy: RemovalPolicy.DESTROY,
    tags: { owner: 'platform' },
    waivers: waivers('restore-access-vault-source-region'),
  });
  primary.allowCopiesTo(VaultCopyTarget.vaultArn(access.backupVaultArn));
  AirGappedRoute.of(stack);
}

function standardVaults(stack: Stack, role: iam.IRole, email: sns.ITopicSubscription): Vault {
  const evidence = new Vault(stack, 'Evidence', {
    backupVaultName: 'evidence',
    purpose: VaultPurpose.FORENSIC,
    encryption: VaultEncryption.awsManaged(),
    vaultLock: { changeableForDays: 14 },
    complianceAcknowledgement: SAID,
    outputDateOfNoReturn: false,
    breakGlassRoles: [role],
    copiesInFrom: SOURCES,
    copiesOutTo: [],
    notificationEvents: ['COPY_JOB_FAILED'],
    removalPolicy: RemovalPolicy.DESTROY,
    tags: { owner: 'security' },
    waivers: waivers('vault-encryption-aws-managed'),
  });
  const primary = new Vault(stack, 'Purposeful', {
    backupVaultName: 'purposeful',
    purpose: VaultPurpose.PRIMARY,
    encryptionKey: new kms.Key(stack, 'VaultKey', { enableKeyRotation: true }),
  });
  primary.notifyFailures(email);
  primary.allowCopiesFrom(VaultCopySource.account(OTHER));
  primary.allowCopiesTo(VaultCopyTarget.vault(evidence.backupVault));
  return primary;
}
