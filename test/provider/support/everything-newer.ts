import { LogicallyAirGappedVault, Plan, TieringConfiguration, Vault, VaultEncryption } from '@holdfast/cdktf';
import { ScanMode, ScanResourceType } from '@holdfast/model';
import { TerraformStack } from 'cdktf';

const TAGS = { owner: 'platform' };

/** What version 5.100.0 of the AWS provider has no argument for; the context has to name a later one. */
export function declareEveryNewer(stack: TerraformStack): void {
  const safe = new LogicallyAirGappedVault(stack, 'NewerSafe', {
    backupVaultName: 'newer-safe',
    minRetentionDays: 7,
    maxRetentionDays: 400,
    encryption: VaultEncryption.customerManaged('arn:aws:kms:eu-central-1:111122223333:key/0000-1111'),
    complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
  });
  const vault = new Vault(stack, 'NewerVault', { backupVaultName: 'newer' });
  new Plan(stack, 'NewerPlan', {
    backupPlanName: 'newer',
    rules: [
      {
        ruleName: 'daily',
        vault,
        deleteAfterDays: 35,
        targetLogicallyAirGappedBackupVaultArn: safe.backupVaultArn,
        scanAction: ScanMode.FULL_SCAN,
      },
      {
        ruleName: 'monthly',
        vault,
        moveToColdStorageAfterDays: 30,
        deleteAfterDays: 365,
        copyActions: [
          {
            destination: Vault.fromBackupVaultArn('arn:aws:backup:eu-north-1:444455556666:backup-vault:safe'),
            moveToColdStorageAfterDays: 30,
            deleteAfterDays: 365,
            optInToArchiveForSupportedResources: true,
          },
        ],
      },
    ],
    scanSettings: {
      resourceTypes: [ScanResourceType.S3, ScanResourceType.EBS],
      scannerRoleArn: 'arn:aws:iam::111122223333:role/scanner',
    },
  });
  new TieringConfiguration(stack, 'NewerTiers', {
    tieringConfigurationName: 'newer',
    vault,
    selections: [{ tierDownAfterDays: 90, bucketArns: ['arn:aws:s3:::documents-111122223333'] }],
    tags: TAGS,
  });
}
