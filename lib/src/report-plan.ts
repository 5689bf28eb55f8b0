import { BackupReportPlan, BackupReportPlanRules, ReportFormat, ReportTemplate, Waiver } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { IAuditFramework } from './audit-framework';
import { environmentOf } from './private/environment';
import { annotateTemplate, refuse } from './private/refuse';
import { putAfterReportPlan } from './private/report-role';
import { LATER, SYNTH } from './private/token-values';

/**
 * Properties of a `ReportPlan`.
 */
export interface ReportPlanProps {
  /**
   * Name of the report plan, 1 to 256 letters, digits and underscores, the first of them a letter. Cannot be changed later.
   */
  readonly reportPlanName: string;

  /**
   * What the report tells of.
   */
  readonly reportTemplate: ReportTemplate;

  /**
   * Bucket that receives the reports: that of a `ReportBucket`, or one whose policy lets AWS Backup write.
   */
  readonly bucket: s3.IBucket;

  /**
   * Prefix of the keys of the reports, before `/Backup/…`.
   *
   * @default - none
   */
  readonly s3KeyPrefix?: string;

  /**
   * How the reports are written; JSON only where they cover one account and one Region.
   *
   * @default - CSV
   */
  readonly formats?: ReportFormat[];

  /**
   * What the report is for, at most 1024 characters.
   *
   * @default - none
   */
  readonly reportPlanDescription?: string;

  /**
   * Frameworks that the report covers, at most 1000. Reports of compliance need at least one, others have none.
   *
   * @default - none
   */
  readonly frameworks?: IAuditFramework[];

  /**
   * Ids of the accounts that the report covers, or `ROOT` alone for the whole organization. For the management account and
   * delegated administrators.
   *
   * @default - the account of the report plan
   */
  readonly accounts?: string[];

  /**
   * Ids of the organizational units that the report covers, `ou-…`. For the management account and delegated administrators.
   *
   * @default - none
   */
  readonly organizationUnits?: string[];

  /**
   * Regions that the report covers, or `*` alone for all.
   *
   * @default - the Region of the report plan
   */
  readonly regions?: string[];

  /**
   * Tags of the report plan.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Findings that are accepted, each with the reason.
   *
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/**
 * A report plan of AWS Backup Audit Manager: a report a day, in a bucket.
 *
 * The policy of a `ReportBucket` in the same stack is put after the report plan, as AWS Backup makes the role that the
 * policy names with the first report plan of an account.
 */
@propertyInjectable
export class ReportPlan extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.ReportPlan';

  /**
   * ARN of the report plan.
   */
  public readonly reportPlanArn: string;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: ReportPlanProps) {
    super(scope, id);
    const { bucket, frameworks, tags } = props;
    const formats = props.formats ?? [ReportFormat.CSV];
    const declared: BackupReportPlan = {
      reportPlanName: props.reportPlanName,
      env: environmentOf(this),
      reportTemplate: props.reportTemplate,
      s3BucketName: bucket.bucketName,
      s3KeyPrefix: props.s3KeyPrefix,
      formats,
      reportPlanDescription: props.reportPlanDescription,
      frameworkArns: frameworks?.map(({ frameworkArn }) => (SYNTH.known(frameworkArn) ? frameworkArn : LATER)),
      accounts: props.accounts,
      organizationUnits: props.organizationUnits,
      regions: props.regions,
      tags,
      declaredAt: this.node.path,
    };
    refuse(this, BackupReportPlanRules.check(declared, '', SYNTH), props.waivers);

    // CDK hands setting and channel on as they are, so that they have the names of a template.
    const resource = new backup.CfnReportPlan(this, 'Resource', {
      reportPlanName: props.reportPlanName,
      reportPlanDescription: props.reportPlanDescription,
      reportSetting: {
        ReportTemplate: props.reportTemplate,
        FrameworkArns: frameworks?.map(({ frameworkArn }) => frameworkArn),
        Accounts: props.accounts,
        OrganizationUnits: props.organizationUnits,
        Regions: props.regions,
      },
      reportDeliveryChannel: { S3BucketName: bucket.bucketName, S3KeyPrefix: props.s3KeyPrefix, Formats: formats },
      reportPlanTags: tags && Object.entries(tags).map(([key, value]) => ({ key, value })),
    });
    annotateTemplate(resource, props.waivers);
    this.reportPlanArn = resource.attrReportPlanArn;
    putAfterReportPlan(bucket, resource);
  }
}
