import { BackupLimits } from './backup-limits';
import { Environment } from './environment';
import { Finding, IValueProbe } from './finding';
import { BUCKET_NAME } from './private/audit/bucket-name';
import { ACCOUNT_ID, REGION_NAME } from './private/audit/parameter-checks';
import { checkTogether } from './private/audit/together';
import { at, found } from './private/found';
import { absent, lengthOf, members, readable, shown } from './private/reading';
import { REPORT_PLAN } from './private/tables/audit';
import { TagRules } from './tags';

/**
 * What a report tells of.
 */
export enum ReportTemplate {
  /**
   * Whether each resource complies with the controls of some frameworks.
   */
  RESOURCE_COMPLIANCE = 'RESOURCE_COMPLIANCE_REPORT',

  /**
   * How many resources comply with each control of some frameworks.
   */
  CONTROL_COMPLIANCE = 'CONTROL_COMPLIANCE_REPORT',

  /**
   * Backup jobs.
   */
  BACKUP_JOB = 'BACKUP_JOB_REPORT',

  /**
   * Copy jobs.
   */
  COPY_JOB = 'COPY_JOB_REPORT',

  /**
   * Restore jobs.
   */
  RESTORE_JOB = 'RESTORE_JOB_REPORT',

  /**
   * Malware scans of recovery points.
   */
  SCAN_JOB = 'SCAN_JOB_REPORT',
}

/**
 * How a report is written.
 */
export enum ReportFormat {
  /**
   * Lines with commas.
   */
  CSV = 'CSV',

  /**
   * JSON; only where the report covers one account and one Region.
   */
  JSON = 'JSON',
}

/**
 * A report plan of AWS Backup Audit Manager as declared.
 */
export interface BackupReportPlan {
  /**
   * Name of the report plan, 1 to 256 letters, digits and underscores, the first of them a letter. Cannot be changed later.
   */
  readonly reportPlanName: string;

  /**
   * Where the report plan lives.
   */
  readonly env: Environment;

  /**
   * What the report tells of: a value of `ReportTemplate`.
   */
  readonly reportTemplate: string;

  /**
   * Name of the bucket that receives the reports.
   */
  readonly s3BucketName: string;

  /**
   * Prefix of the keys of the reports, before `/Backup/…`.
   *
   * @default - none
   */
  readonly s3KeyPrefix?: string;

  /**
   * `CSV`, `JSON` or both.
   *
   * @default - CSV
   */
  readonly formats?: string[];

  /**
   * What the report is for, at most 1024 characters.
   *
   * @default - none
   */
  readonly reportPlanDescription?: string;

  /**
   * ARNs of the frameworks that the report covers, at most 1000. Reports of compliance need at least one.
   *
   * @default - none
   */
  readonly frameworkArns?: string[];

  /**
   * Ids of the accounts that the report covers, or `ROOT` alone for the whole organization.
   *
   * @default - the account of the report plan
   */
  readonly accounts?: string[];

  /**
   * Ids of the organizational units that the report covers.
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
   * Where this was declared: construct path, file and logical id, or Terraform address.
   *
   * @default - the name
   */
  readonly declaredAt?: string;
}

const NAME = /^[a-zA-Z][_a-zA-Z0-9]{0,255}$/;
const FRAMEWORK_ARN = /^arn:aws[a-z-]*:backup:[a-z0-9-]+:\d{12}:framework[:/]\S+$/;
const ORGANIZATION_UNIT = /^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/;
const TEMPLATES: readonly string[] = Object.values(ReportTemplate);
const OF_COMPLIANCE: readonly string[] = [ReportTemplate.RESOURCE_COMPLIANCE, ReportTemplate.CONTROL_COMPLIANCE];

/**
 * What AWS refuses in a report plan.
 */
export class BackupReportPlanRules {
  /**
   * What the rules find. Never throws.
   *
   * @param reportPlan the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(reportPlan: BackupReportPlan, path: string, probe: IValueProbe): Finding[] {
    if (!readable(reportPlan, probe)) {
      return [];
    }
    return [
      ...checkTexts(reportPlan, path, probe),
      ...checkFrameworks(reportPlan, path, probe),
      ...checkFormats(reportPlan, path, probe),
      ...checkCoverage(reportPlan, path, probe),
      ...TagRules.check(reportPlan.tags ?? {}, at(path, 'tags'), probe),
    ];
  }

  /**
   * What the rules find in all report plans together: names that collide, and counts above a quota. Never throws.
   *
   * @param reportPlans all that were declared
   * @param probe tells which values are known now
   */
  public static checkTogether(reportPlans: BackupReportPlan[], probe: IValueProbe): Finding[] {
    const declared = members(reportPlans, probe).map(([, { env, reportPlanName: name, declaredAt }]) => ({
      env,
      name,
      path: declaredAt ?? name,
    }));
    const { nameUnique: unique, quota } = REPORT_PLAN;
    return checkTogether(declared, probe, { member: 'reportPlanName', unique, quota, most: BackupLimits.REPORT_PLANS });
  }

  private constructor() {}
}

function checkTexts(reportPlan: BackupReportPlan, path: string, probe: IValueProbe): Finding[] {
  const { reportPlanName: name, reportPlanDescription: description, s3BucketName: bucket } = reportPlan;
  const { s3KeyPrefix: prefix, reportTemplate: template } = reportPlan;
  const findings: Finding[] = [];
  if (absent(name) || (probe.known(name) && !NAME.test(name))) {
    findings.push(found(REPORT_PLAN.name, at(path, 'reportPlanName'), shown(name)));
  }
  if (readable(description, probe) && (description.length > 1024 || description.trim() === '')) {
    const given = description.trim() === '' ? 'spaces alone' : `${description.length} characters`;
    findings.push(found(REPORT_PLAN.description, at(path, 'reportPlanDescription'), given));
  }
  if (absent(template) || (probe.known(template) && !TEMPLATES.includes(template))) {
    findings.push(
      found(REPORT_PLAN.template, at(path, 'reportTemplate'), shown(template), `one of ${TEMPLATES.join(', ')}`),
    );
  }
  if (absent(bucket) || (probe.known(bucket) && !BUCKET_NAME.test(bucket))) {
    findings.push(found(REPORT_PLAN.bucketName, at(path, 's3BucketName'), shown(bucket)));
  }
  if (readable(prefix, probe) && /^\/|\/$/.test(prefix)) {
    findings.push(found(REPORT_PLAN.keyPrefix, at(path, 's3KeyPrefix'), prefix));
  }
  return findings;
}

function checkFrameworks(reportPlan: BackupReportPlan, path: string, probe: IValueProbe): Finding[] {
  const { reportTemplate: template, frameworkArns: arns } = reportPlan;
  const arnsPath = at(path, 'frameworkArns');
  const count = absent(arns) ? 0 : lengthOf(arns, probe);
  const findings = members(arns, probe)
    .filter(([, arn]) => !FRAMEWORK_ARN.test(arn))
    .map(([index, arn]) => found(REPORT_PLAN.frameworkArn, at(arnsPath, index), shown(arn)));
  if (!readable(template, probe) || count === undefined) {
    return findings;
  }
  const isOfCompliance = OF_COMPLIANCE.includes(template);
  if (isOfCompliance && (count < 1 || count > 1000)) {
    findings.push(found(REPORT_PLAN.frameworks, arnsPath, String(count)));
  } else if (!isOfCompliance && TEMPLATES.includes(template) && count > 0) {
    findings.push(found(REPORT_PLAN.frameworksUnused, arnsPath, `${count} with ${template}`));
  }
  return findings;
}

function checkFormats(reportPlan: BackupReportPlan, path: string, probe: IValueProbe): Finding[] {
  const formats = members(reportPlan.formats, probe);
  const formatsPath = at(path, 'formats');
  const findings = formats
    .filter(
      ([index, format]) =>
        !['CSV', 'JSON'].includes(format) || formats.some(([other, same]) => other < index && same === format),
    )
    .map(([index, format]) => found(REPORT_PLAN.format, at(formatsPath, index), shown(format)));
  const coverage = coveredBeyond(reportPlan, probe);
  if (coverage !== undefined && formats.some(([, format]) => format === 'JSON')) {
    findings.push(found(REPORT_PLAN.formats, formatsPath, `JSON for ${coverage}`));
  }
  return findings;
}

/** What a report covers beyond its own account and Region; undefined for nothing that is known. */
function coveredBeyond(reportPlan: BackupReportPlan, probe: IValueProbe): string | undefined {
  const { env, accounts, organizationUnits: units, regions } = reportPlan;
  const others = (list: string[] | undefined, own: string | undefined) =>
    members(list, probe).some(([, member]) => member !== own && readable(own, probe)) || (list?.length ?? 0) > 1;
  if ((units?.length ?? 0) > 0) {
    return 'organizational units';
  }
  if (others(accounts, env?.account) || members(accounts, probe).some(([, account]) => account === 'ROOT')) {
    return 'other accounts';
  }
  return others(regions, env?.region) || members(regions, probe).some(([, region]) => region === '*')
    ? 'other Regions'
    : undefined;
}

function checkCoverage(reportPlan: BackupReportPlan, path: string, probe: IValueProbe): Finding[] {
  const accounts = members(reportPlan.accounts, probe);
  const units = members(reportPlan.organizationUnits, probe);
  const regions = members(reportPlan.regions, probe);
  const isRoot = accounts.some(([, account]) => account === 'ROOT');
  const findings = [
    ...accounts
      .filter(([, account]) => account !== 'ROOT' && !ACCOUNT_ID.test(account))
      .map(([index, account]) => found(REPORT_PLAN.accounts, at(at(path, 'accounts'), index), shown(account))),
    ...units
      .filter(([, unit]) => !ORGANIZATION_UNIT.test(unit))
      .map(([index, unit]) =>
        found(REPORT_PLAN.organizationUnits, at(at(path, 'organizationUnits'), index), shown(unit)),
      ),
    ...regions
      .filter(([, region]) => (region === '*' ? regions.length > 1 : !REGION_NAME.test(region)))
      .map(([index, region]) => found(REPORT_PLAN.regions, at(at(path, 'regions'), index), shown(region))),
  ];
  if (isRoot && accounts.length + units.length > 1) {
    const given = `ROOT with ${accounts.length + units.length - 1} more`;
    findings.push(found(REPORT_PLAN.root, at(path, 'accounts'), given));
  }
  const own = reportPlan.env?.account;
  const beyond = accounts.filter(([, account]) => account !== own).length + units.length;
  if (beyond > 0) {
    const given = `a report on ${isRoot ? 'the whole organization' : `${beyond} accounts and organizational units`}`;
    findings.push(
      found(REPORT_PLAN.organization, at(path, isRoot || units.length === 0 ? 'accounts' : 'organizationUnits'), given),
    );
  }
  return findings;
}
