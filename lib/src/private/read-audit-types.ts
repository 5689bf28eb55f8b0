import { BackupFramework, BackupReportPlan, ControlScope, Environment, FrameworkControl } from '@holdfast/model';

type Properties = Readonly<Record<string, unknown>>;

/** A tag as a template has it. */
interface RenderedTag {
  readonly Key: string;
  readonly Value: string;
}

/** A control as a template has it. */
interface RenderedControl {
  readonly ControlName: string;
  readonly ControlInputParameters?: { readonly ParameterName: string; readonly ParameterValue: unknown }[];
  readonly ControlScope?: {
    readonly ComplianceResourceTypes?: string[];
    readonly ComplianceResourceIds?: string[];
    readonly Tags?: RenderedTag[];
  };
}

/** Properties of `AWS::Backup::Framework` as a declaration. A name that CloudFormation chooses is one that is not known. */
export function readFramework(properties: Properties, env: Environment, declaredAt: string): BackupFramework {
  return {
    frameworkName: named(properties.FrameworkName, declaredAt),
    env,
    controls: listOf<RenderedControl>(properties.FrameworkControls).map(readControl),
    frameworkDescription: properties.FrameworkDescription as string | undefined,
    tags: tagsOf(properties.FrameworkTags),
    declaredAt,
  };
}

/** Properties of `AWS::Backup::ReportPlan` as a declaration. */
export function readReportPlan(properties: Properties, env: Environment, declaredAt: string): BackupReportPlan {
  const setting = (properties.ReportSetting ?? {}) as Properties;
  const channel = (properties.ReportDeliveryChannel ?? {}) as Properties;
  const list = (value: unknown) => value as string[] | undefined;
  return {
    reportPlanName: named(properties.ReportPlanName, declaredAt),
    env,
    reportTemplate: setting.ReportTemplate as string,
    s3BucketName: channel.S3BucketName as string,
    s3KeyPrefix: channel.S3KeyPrefix as string | undefined,
    formats: list(channel.Formats),
    reportPlanDescription: properties.ReportPlanDescription as string | undefined,
    frameworkArns: list(setting.FrameworkArns),
    accounts: list(setting.Accounts),
    organizationUnits: list(setting.OrganizationUnits),
    regions: list(setting.Regions),
    tags: tagsOf(properties.ReportPlanTags),
    declaredAt,
  };
}

function readControl({ ControlName: name, ControlInputParameters: inputs, ControlScope: scope }: RenderedControl) {
  return FrameworkControl.custom(
    name,
    listOf<{ ParameterName: string; ParameterValue: unknown }>(inputs).map((input) => ({
      parameterName: input.ParameterName,
      parameterValue: input.ParameterValue,
    })),
    scope &&
      ControlScope.custom({
        complianceResourceTypes: scope.ComplianceResourceTypes,
        complianceResourceIds: scope.ComplianceResourceIds,
        tags: tagsOf(scope.Tags),
      }),
  );
}

function named(name: unknown, declaredAt: string): string {
  return typeof name === 'string' ? name : `⟨${declaredAt}⟩`;
}

function tagsOf(tags: unknown): { [key: string]: string } | undefined {
  return Array.isArray(tags)
    ? Object.fromEntries((tags as RenderedTag[]).map(({ Key, Value }) => [Key, Value]))
    : undefined;
}

/** A list that is a reference has members that nobody knows now. */
function listOf<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}
