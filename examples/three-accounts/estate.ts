import {
  AlertTopic,
  CompliantBackup,
  ConfigRecorder,
  CopyDestination,
  CoverageAspect,
  HoldfastChecks,
} from '@holdfast/cdk';
import { ComplianceStandard } from '@holdfast/model';
import { Role } from 'aws-cdk-lib/aws-iam';
import { App, Aspects, Stack, Validations } from 'aws-cdk-lib/core';
import { Shop } from './shop';

const WORKLOAD = '111122223333';
const BACKUP = '444455556666';
const FORENSIC = '777788889999';

/** Workload, backup and forensic account, each in a Region of its own. */
export function buildEstate(app: App): void {
  const stack = new Stack(app, 'Shop', { env: { account: WORKLOAD, region: 'eu-central-1' } });

  new CompliantBackup(stack, 'Backup', {
    backupName: 'shop',
    standards: [ComplianceStandard.ISO_27001, ComplianceStandard.SOC2],
    protect: [new Shop(stack, 'Data')],
    copies: [
      CopyDestination.account(BACKUP, { region: 'eu-west-1' }),
      CopyDestination.account(FORENSIC, {
        region: 'eu-north-1',
        supportStackName: 'forensic-copies',
        vaultLock: { minRetentionDays: 35, changeableForDays: 14 },
        complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
      }),
    ],
    breakGlassRoles: ['break-glass', 'cdk-hnb659fds-cfn-exec-role-111122223333-eu-central-1'].map((name) =>
      Role.fromRoleArn(stack, name, `arn:aws:iam::${WORKLOAD}:role/${name}`),
    ),
    notificationTopic: new AlertTopic(stack, 'Alerts').topic,
    configRecorder: ConfigRecorder.existing(),
  });

  Aspects.of(app).add(new CoverageAspect({ failOnUnprotected: true }));
  Validations.of(app).addPlugins(new HoldfastChecks());
}
