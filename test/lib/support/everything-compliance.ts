import { CompliantBackup, ConfigRecorder, CopyDestination } from '@holdfast/cdk';
import { ComplianceStandard, Schedule } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Duration, Stack } from 'aws-cdk-lib/core';

/** Declares compliant backups with every property. */
export function declareEveryCompliantBackup(stack: Stack): void {
  new CompliantBackup(stack, 'Compliant', {
    backupName: 'compliant',
    standards: [ComplianceStandard.HIPAA],
    protect: [new s3.Bucket(stack, 'Records', { versioned: true })],
    tags: { backup: 'compliant' },
    copies: [CopyDestination.account('444455556666', { region: 'eu-west-1', supportStackName: 'compliant-copies' })],
    schedule: Schedule.daily({ hour: 3 }),
    deleteAfter: Duration.days(40),
    monthlyDeleteAfter: Duration.days(400),
    vaultLock: { minRetentionDays: 35, changeableForDays: 7 },
    complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
    breakGlassRoles: [iam.Role.fromRoleArn(stack, 'Emergency', 'arn:aws:iam::111122223333:role/emergency')],
    notificationTopic: new sns.Topic(stack, 'ComplianceAlarms'),
    audit: true,
    configRecorder: ConfigRecorder.existing(),
    restoreTesting: true,
    monitoring: true,
    waivers: [{ rule: 'compliance-continuous-backup', path: '*', reason: 'shows a waiver' }],
  });
}
