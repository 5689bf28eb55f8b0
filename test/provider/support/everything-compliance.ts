import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { CompliantBackup, ConfigRecorder, CopyDestination } from '@holdfast/cdktf';
import { ComplianceStandard, Schedule } from '@holdfast/model';
import { TerraformProvider, TerraformStack } from 'cdktf';

/** Declares compliant backups with every property. */
export function declareEveryCompliantBackup(stack: TerraformStack, there: TerraformProvider): void {
  new CompliantBackup(stack, 'Compliant', {
    backupName: 'compliant',
    standards: [ComplianceStandard.HIPAA],
    protect: [
      new DbInstance(stack, 'CompliantLedger', {
        engine: 'postgres',
        instanceClass: 'db.t4g.micro',
        allocatedStorage: 20,
        username: 'ledger',
        manageMasterUserPassword: true,
      }),
    ],
    tags: { backup: 'compliant' },
    copies: [
      CopyDestination.region('eu-west-1', {
        backupVaultName: 'compliant-copies',
        provider: there,
        vaultLock: { minRetentionDays: 35, changeableForDays: 7 },
      }),
    ],
    schedule: Schedule.daily({ hour: 3 }),
    deleteAfterDays: 40,
    monthlyDeleteAfterDays: 400,
    vaultLock: { minRetentionDays: 35, changeableForDays: 7 },
    complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
    breakGlassPrincipalArns: ['arn:aws:iam::111122223333:role/emergency'],
    notificationTopicArn: 'arn:aws:sns:eu-central-1:111122223333:alarms',
    audit: true,
    configRecorder: ConfigRecorder.existing(),
    restoreTesting: true,
    monitoring: true,
    waivers: [
      { rule: 'compliance-continuous-backup', path: '*', reason: 'shows a waiver' },
      { rule: 'compliance-cross-account-copy', path: '*', reason: 'the stack has providers of one account alone' },
    ],
    preventDestroy: false,
  });
}
