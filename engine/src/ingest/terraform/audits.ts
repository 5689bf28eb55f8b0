/**
 * aws_backup_framework and aws_backup_report_plan as declarations.
 *
 * Pure. What AWS demands and an artifact leaves out stays left out: the rules of the model say so, beside all others.
 * Source   Schema of the AWS provider 5.100.0.
 */
import { BackupFramework, BackupReportPlan, ControlScope, FrameworkControl } from '@holdfast/model';
import { withoutUndefined } from '../cloudformation/declaration';
import { attempt } from '../listeners';
import { Given } from './given';
import { known } from './listeners';
import type { Resource } from './resource';
import { tagsOf } from './tags';

export const AUDIT_TYPES: readonly string[] = ['aws_backup_framework', 'aws_backup_report_plan'];

/** The frameworks and report plans among resources; what cannot be read is listed. */
export function readAudits(resources: readonly Resource[]): {
  readonly frameworks: BackupFramework[];
  readonly reportPlans: BackupReportPlan[];
} {
  const [frameworks, reportPlans]: [BackupFramework[], BackupReportPlan[]] = [[], []];
  for (const resource of resources.filter(({ mode, type }) => mode === 'managed' && AUDIT_TYPES.includes(type))) {
    const reason = attempt(() =>
      known(resource, () => {
        if (resource.type === 'aws_backup_framework') {
          frameworks.push(readFramework(resource));
        } else {
          reportPlans.push(readReportPlan(resource));
        }
      }),
    );
    if (reason !== undefined) {
      resource.reading.skip(resource.declaredAt, resource.type, reason);
    }
  }
  return { frameworks, reportPlans };
}

function readFramework(resource: Resource): BackupFramework {
  return withoutUndefined<BackupFramework>({
    frameworkName: Given.argument(resource, 'name').requiredText(),
    env: resource.env(),
    controls: Given.argument(resource, 'control').items().map(readControl),
    frameworkDescription: Given.argument(resource, 'description').text(),
    tags: tagsOf(resource),
    declaredAt: resource.declaredAt,
  });
}

function readControl(control: Given): FrameworkControl {
  const scope = control.member('scope').block();
  return FrameworkControl.custom(
    control.member('name').requiredText(),
    control
      .member('input_parameter')
      .items()
      .map((parameter) => ({
        parameterName: parameter.member('name').requiredText(),
        parameterValue: parameter.member('value').requiredText(),
      })),
    scope &&
      ControlScope.custom(
        withoutUndefined({
          complianceResourceTypes: some(scope.member('compliance_resource_types').texts()),
          complianceResourceIds: some(scope.member('compliance_resource_ids').texts()),
          tags: scope.member('tags').textMap(),
        }),
      ),
  );
}

function readReportPlan(resource: Resource): BackupReportPlan {
  const setting = Given.argument(resource, 'report_setting').block();
  const channel = Given.argument(resource, 'report_delivery_channel').block();
  return withoutUndefined<BackupReportPlan>({
    reportPlanName: Given.argument(resource, 'name').requiredText(),
    env: resource.env(),
    reportTemplate: setting?.member('report_template').requiredText() ?? '',
    s3BucketName: channel?.member('s3_bucket_name').requiredText() ?? '',
    s3KeyPrefix: channel?.member('s3_key_prefix').text(),
    formats: some(channel?.member('formats').texts()),
    reportPlanDescription: Given.argument(resource, 'description').text(),
    frameworkArns: some(setting?.member('framework_arns').texts()),
    accounts: some(setting?.member('accounts').texts()),
    organizationUnits: some(setting?.member('organization_units').texts()),
    regions: some(setting?.member('regions').texts()),
    tags: tagsOf(resource),
    declaredAt: resource.declaredAt,
  });
}

/** To the provider an empty list is none. */
function some(list: string[] | undefined): string[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}
