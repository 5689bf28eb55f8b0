import { LogicallyAirGappedVault, VaultEncryption } from '@holdfast/cdktf';
import { TerraformStack } from 'cdktf';

/** What version 5.100.0 of the AWS provider has no argument for; the context has to name a later one. */
export function declareEveryNewer(stack: TerraformStack): void {
  new LogicallyAirGappedVault(stack, 'NewerVault', {
    backupVaultName: 'newer',
    minRetentionDays: 7,
    maxRetentionDays: 90,
    encryption: VaultEncryption.customerManaged('arn:aws:kms:eu-central-1:111122223333:key/0000-1111'),
  });
}
