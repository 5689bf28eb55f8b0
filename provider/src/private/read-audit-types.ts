import { BackupFramework, BackupReportPlan, ControlScope, FrameworkControl } from '@holdfast/model';
import { Known } from './app-reading';
import { blocksOf, textsOf } from './read-blocks';
import { Arguments } from './rendered';

type Tags = Record<string, string>;

/** `aws_backup_framework` as a declaration. */
export function readFramework({ values, env, declaredAt }: Known, tags: Tags | undefined): BackupFramework {
  return {
    frameworkName: String(values.name),
    env,
    controls: blocksOf(values.control).map(readControl),
    frameworkDescription: values.description as string | undefined,
    tags,
    declaredAt,
  };
}

/** `aws_backup_report_plan` as a declaration. */
export function readReportPlan({ values, env, declaredAt }: Known, tags: Tags | undefined): BackupReportPlan {
  const [setting = {}] = blocksOf(values.report_setting);
  const [channel = {}] = blocksOf(values.report_delivery_channel);
  return {
    reportPlanName: String(values.name),
    env,
    reportTemplate: setting.report_template as string,
    s3BucketName: channel.s3_bucket_name as string,
    s3KeyPrefix: channel.s3_key_prefix as string | undefined,
    formats: textsOf(channel.formats),
    reportPlanDescription: values.description as string | undefined,
    frameworkArns: textsOf(setting.framework_arns),
    accounts: textsOf(setting.accounts),
    organizationUnits: textsOf(setting.organization_units),
    regions: textsOf(setting.regions),
    tags,
    declaredAt,
  };
}

function readControl({ name, input_parameter: inputs, scope: scopes }: Arguments): FrameworkControl {
  const [scope] = blocksOf(scopes);
  return FrameworkControl.custom(
    name as string,
    blocksOf(inputs).map((input) => ({ parameterName: input.name as string, parameterValue: input.value })),
    scope &&
      ControlScope.custom({
        complianceResourceTypes: textsOf(scope.compliance_resource_types),
        complianceResourceIds: textsOf(scope.compliance_resource_ids),
        tags: scope.tags as Tags | undefined,
      }),
  );
}
