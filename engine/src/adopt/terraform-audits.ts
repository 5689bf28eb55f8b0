/**
 * Audits and restore tests as the arguments of the Terraform provider's resources.
 *
 * Pure: declarations in, arguments out.
 * Source   @cdktf/provider-aws, generated from the provider's schema.
 */
import type { BackupFramework, BackupReportPlan, RestoreTestingPlan, RestoreTestingSelection } from '@holdfast/model';

export function framework({ frameworkName, frameworkDescription, controls, tags }: BackupFramework): object {
  return {
    name: frameworkName,
    description: frameworkDescription,
    control: controls.map(({ controlName, controlInputParameters, controlScope }) => ({
      name: controlName,
      inputParameter: controlInputParameters.map(({ parameterName, parameterValue }) => ({
        name: parameterName,
        value: String(parameterValue),
      })),
      scope: controlScope,
    })),
    tags,
  };
}

export function reportPlan(plan: BackupReportPlan): object {
  const { s3BucketName, s3KeyPrefix, formats, reportTemplate, frameworkArns, accounts, organizationUnits, regions } =
    plan;
  return {
    name: plan.reportPlanName,
    description: plan.reportPlanDescription,
    reportDeliveryChannel: { s3BucketName, s3KeyPrefix, formats },
    reportSetting: { reportTemplate, frameworkArns, accounts, organizationUnits, regions },
    tags: plan.tags,
  };
}

export function testingPlan(plan: RestoreTestingPlan): object {
  const { restoreTestingPlanName: name, recoveryPointSelection, scheduleExpression } = plan;
  const { scheduleExpressionTimezone, startWindowHours, tags } = plan;
  return {
    name,
    recoveryPointSelection: [recoveryPointSelection],
    scheduleExpression,
    scheduleExpressionTimezone,
    startWindowHours,
    tags,
  };
}

export function testingSelection(planName: unknown, selection: RestoreTestingSelection): object {
  const { protectedResourceConditions: conditions } = selection;
  return {
    name: selection.restoreTestingSelectionName,
    restoreTestingPlanName: planName,
    protectedResourceType: selection.protectedResourceType,
    iamRoleArn: selection.iamRoleArn,
    protectedResourceArns: selection.protectedResourceArns,
    protectedResourceConditions: conditions && [conditions],
    restoreMetadataOverrides: selection.restoreMetadataOverrides,
    validationWindowHours: selection.validationWindowHours,
  };
}
