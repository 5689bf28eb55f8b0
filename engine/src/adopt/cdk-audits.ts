/**
 * Audits and restore tests as the properties of the AWS CDK's plain resources.
 *
 * Pure: declarations in, properties out.
 * Source   aws-cdk-lib/aws-backup, generated from CloudFormation's schema.
 */
import type { BackupFramework, BackupReportPlan, RestoreTestingPlan, RestoreTestingSelection } from '@holdfast/model';

type Tags = Readonly<Record<string, string>> | undefined;

export function frameworkProps({ frameworkName, frameworkDescription, controls, tags }: BackupFramework): object {
  return {
    frameworkName,
    frameworkDescription,
    frameworkControls: controls.map(({ controlName, controlInputParameters, controlScope }) => ({
      controlName,
      controlInputParameters: controlInputParameters.map(({ parameterName, parameterValue }) => ({
        parameterName,
        parameterValue: String(parameterValue),
      })),
      // The framework hands scopes, settings and channels on as they are.
      controlScope: controlScope && {
        ComplianceResourceTypes: controlScope.complianceResourceTypes,
        ComplianceResourceIds: controlScope.complianceResourceIds,
        Tags: controlScope.tags && Object.entries(controlScope.tags).map(([Key, Value]) => ({ Key, Value })),
      },
    })),
    frameworkTags: tagList(tags),
  };
}

export function reportPlanProps(plan: BackupReportPlan): object {
  return {
    reportPlanName: plan.reportPlanName,
    reportPlanDescription: plan.reportPlanDescription,
    reportDeliveryChannel: { S3BucketName: plan.s3BucketName, S3KeyPrefix: plan.s3KeyPrefix, Formats: plan.formats },
    reportSetting: {
      ReportTemplate: plan.reportTemplate,
      FrameworkArns: plan.frameworkArns,
      Accounts: plan.accounts,
      OrganizationUnits: plan.organizationUnits,
      Regions: plan.regions,
    },
    reportPlanTags: tagList(plan.tags),
  };
}

export function testingPlanProps(plan: RestoreTestingPlan): object {
  const { selections: _, env: __, declaredAt: ___, validated: ____, tags, ...rest } = plan;
  return { ...rest, tags: tagList(tags) };
}

export function testingSelectionProps(planName: unknown, selection: RestoreTestingSelection): object {
  const { services: _, declaredAt: __, ...rest } = selection;
  return { restoreTestingPlanName: planName, ...rest };
}

function tagList(tags: Tags): object[] | undefined {
  return tags && Object.entries(tags).map(([key, value]) => ({ key, value }));
}
