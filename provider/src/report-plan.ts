import { BackupReportPlan } from '@cdktf/provider-aws/lib/backup-report-plan';
import {
  BackupReportPlanRules,
  BackupReportPlan as DeclaredReportPlan,
  ReportFormat,
  ReportTemplate,
  Waiver,
} from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
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
   * Name of the bucket that receives the reports: that of a `ReportBucket`, or one whose policy lets AWS Backup write.
   */
  readonly bucketName: string;

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
   * @default - none
   */
  readonly waivers?: Waiver[];

  /**
   * The provider that makes the resources, e.g. that of another Region.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * A report plan of AWS Backup Audit Manager: a report a day, in a bucket.
 *
 * The policy of a `ReportBucket` in the same stack is put after the report plan, as AWS Backup makes the role that the
 * policy names with the first report plan of an account.
 */
export class ReportPlan extends Construct {
  /**
   * The report plan.
   */
  public readonly backupReportPlan: BackupReportPlan;

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
    const { reportPlanName, reportPlanDescription, reportTemplate, frameworks, tags, waivers } = props;
    const { bucketName, s3KeyPrefix, accounts, organizationUnits, regions, provider } = props;
    const formats = props.formats ?? [ReportFormat.CSV];
    const declared: DeclaredReportPlan = {
      reportPlanName,
      env: environmentOf(this, provider),
      reportTemplate,
      s3BucketName: bucketName,
      s3KeyPrefix,
      formats,
      reportPlanDescription,
      frameworkArns: frameworks?.map(({ frameworkArn }) => (SYNTH.known(frameworkArn) ? frameworkArn : LATER)),
      accounts,
      organizationUnits,
      regions,
      tags,
      declaredAt: this.node.path,
    };
    refuse(this, BackupReportPlanRules.check(declared, '', SYNTH), waivers);

    this.backupReportPlan = new BackupReportPlan(this, 'Resource', {
      name: reportPlanName,
      description: reportPlanDescription,
      reportSetting: {
        reportTemplate,
        frameworkArns: frameworks?.map(({ frameworkArn }) => frameworkArn),
        // Assumed: AWS Backup answers with the number, which Terraform would then want to take away in every plan.
        numberOfFrameworks: frameworks?.length,
        accounts,
        organizationUnits,
        regions,
      },
      reportDeliveryChannel: { s3BucketName: bucketName, s3KeyPrefix, formats },
      tags,
      provider,
    });
    annotateTemplate(this.backupReportPlan, waivers);
    this.reportPlanArn = this.backupReportPlan.arn;
    putAfterReportPlan(bucketName, this.backupReportPlan);
  }
}
