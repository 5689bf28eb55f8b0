import { BackupPlan, Finding, TerraformFeatures } from '@holdfast/model';
import { IConstruct } from 'constructs';
import { PlanProps } from '../plan';
import { checkAwsProvider } from './aws-provider';

/** What the rules find in a plan that the AWS provider of the stack cannot say, or no AWS provider can. */
export function checkPlanVersion(scope: IConstruct, plan: BackupPlan, props: PlanProps): Finding[] {
  const s3 = (plan.advancedBackupSettings ?? []).findIndex(({ resourceType }) => resourceType === 'S3');
  return [
    ...plan.rules.flatMap((rule, index) => [
      ...checkAwsProvider(scope, {
        'logically-air-gapped-target':
          rule.targetLogicallyAirGappedBackupVaultArn && `rules[${index}].targetLogicallyAirGappedBackupVaultArn`,
        'scan-settings': rule.scanActions && `rules[${index}].scanAction`,
      }),
      ...((rule.indexActions?.length ?? 0) === 0
        ? []
        : TerraformFeatures.checkAbsent(`rules[${index}].indexActions`, String(rule.indexActions))),
    ]),
    ...checkAwsProvider(scope, {
      'scan-settings': props.scanSettings && 'scanSettings',
      's3-backup-options': s3 < 0 ? undefined : `advancedBackupSettings[${s3}]`,
    }),
  ];
}
