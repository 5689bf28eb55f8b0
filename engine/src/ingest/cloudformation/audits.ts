/**
 * AWS::Backup::Framework and AWS::Backup::ReportPlan as declarations.
 *
 * Pure. A required property that is left out stays left out: the rules of the model say so, beside all others.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): both types.
 */
import { BackupFramework, BackupReportPlan, ControlScope, FrameworkControl } from '@holdfast/model';
import { attempt } from '../listeners';
import type { Declaration } from './declaration';
import { withoutUndefined } from './declaration';
import type { DeclaredValue } from './declared-value';
import { tagsOf } from './tag-list';

export const FRAMEWORK = 'AWS::Backup::Framework';
export const REPORT_PLAN = 'AWS::Backup::ReportPlan';

/** Frameworks and report plans of an artifact, in the order in which they are declared. */
export interface AuditDeclarations {
  readonly frameworks: BackupFramework[];
  readonly reportPlans: BackupReportPlan[];
}

export function isAudit(type: string): boolean {
  return type === FRAMEWORK || type === REPORT_PLAN;
}

/** Takes a declaration in; answers why it is left out, if it is. */
export function readAudit(
  declaration: Declaration,
  { frameworks, reportPlans }: AuditDeclarations,
): string | undefined {
  return attempt(() => {
    if (declaration.type === FRAMEWORK) {
      frameworks.push(readFramework(declaration));
    } else {
      reportPlans.push(readReportPlan(declaration));
    }
  });
}

export function readFramework(declaration: Declaration): BackupFramework {
  const { properties, env, declaredAt } = declaration;
  const controls = properties.member('FrameworkControls');
  return withoutUndefined<BackupFramework>({
    frameworkName: declaration.identity().name,
    env,
    controls: controls.isPresent ? controls.items().map(readControl) : [],
    frameworkDescription: properties.member('FrameworkDescription').text(),
    tags: declaration.withStackTags(tagsOf(properties.member('FrameworkTags'))),
    declaredAt,
  });
}

function readControl(control: DeclaredValue): FrameworkControl {
  const [parameters, scope] = [control.member('ControlInputParameters'), control.member('ControlScope')];
  return FrameworkControl.custom(
    control.member('ControlName').requiredText(),
    parameters.isPresent
      ? parameters.items().map((parameter) => ({
          parameterName: parameter.member('ParameterName').requiredText(),
          parameterValue: parameter.member('ParameterValue').requiredText(),
        }))
      : [],
    scope.isPresent
      ? ControlScope.custom(
          withoutUndefined({
            complianceResourceTypes: scope.member('ComplianceResourceTypes').texts(),
            complianceResourceIds: scope.member('ComplianceResourceIds').texts(),
            tags: tagsOf(scope.member('Tags')),
          }),
        )
      : undefined,
  );
}

export function readReportPlan(declaration: Declaration): BackupReportPlan {
  const { properties, env, declaredAt } = declaration;
  const [setting, channel] = [properties.member('ReportSetting'), properties.member('ReportDeliveryChannel')];
  return withoutUndefined<BackupReportPlan>({
    reportPlanName: declaration.identity().name,
    env,
    reportTemplate: setting.member('ReportTemplate').requiredText(),
    s3BucketName: channel.member('S3BucketName').requiredText(),
    s3KeyPrefix: channel.member('S3KeyPrefix').text(),
    formats: channel.member('Formats').texts(),
    reportPlanDescription: properties.member('ReportPlanDescription').text(),
    frameworkArns: setting.member('FrameworkArns').texts(),
    accounts: setting.member('Accounts').texts(),
    organizationUnits: setting.member('OrganizationUnits').texts(),
    regions: setting.member('Regions').texts(),
    tags: declaration.withStackTags(tagsOf(properties.member('ReportPlanTags'))),
    declaredAt,
  });
}
