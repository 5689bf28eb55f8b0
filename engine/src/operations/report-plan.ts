/**
 * Report plans and report jobs of Audit Manager as the API has them, and what calls about them have in common.
 *
 * Pure: reads the World.
 * Source   B10.1/3 (20 report plans), B10.2/1 to B10.2/3. The texts are Assumed, and that a change in progress is a
 *          conflict, as it is for frameworks (B10.1/4).
 */
import type * as sdk from '@aws-sdk/client-backup';
import { BackupLimits, BackupReportPlan, BackupReportPlanRules, Environment } from '@holdfast/model';
import type { ReportJob, ReportPlan } from '../domain/report-plans';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { given, toDate } from './backup/shapes';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';
import { watchedAccounts } from './job-accounts';
import { refuse, WIRE } from './refuse';

export function findReportPlan(state: WorldState, caller: Caller, name: string | undefined): ReportPlan {
  const wanted = required(name, 'ReportPlanName');
  const plan = state.reportPlans.tryFind(caller, wanted);
  if (plan === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Report plan ${wanted} does not exist.`);
  }
  return plan;
}

/** For calls that change a report plan. */
export function findSettledReportPlan(state: WorldState, caller: Caller, name: string | undefined): ReportPlan {
  const plan = findReportPlan(state, caller, name);
  if (plan.status.endsWith('_IN_PROGRESS')) {
    throw new AwsFault('ConflictException', `Report plan ${plan.name} is ${plan.status}.`);
  }
  return plan;
}

/** What the rules, the quota and the organization say of a report plan that takes the place of `before`. */
export function refuseReportPlan(state: WorldState, declared: BackupReportPlan, before?: ReportPlan): void {
  const { env, accounts = [], organizationUnits = [] } = declared;
  refuse(BackupReportPlanRules.check(declared, '', WIRE));
  if (state.reportPlans.list(env).filter((plan) => plan !== before).length >= BackupLimits.REPORT_PLANS) {
    throw new AwsFault('LimitExceededException', `An account has at most ${BackupLimits.REPORT_PLANS} report plans.`);
  }
  const others = accounts.filter((account) => account !== env.account);
  const watches = state.ledger.organizations.of(env)?.isAdministrator(env.account) === true;
  const denied = others.some((account) => account !== 'ROOT' && !watchedAccounts(state, env)(account));
  if (others.length + organizationUnits.length > 0 && (!watches || denied)) {
    // Source B10.2/3: cross-account reports are for who watches over the organization.
    throw new AwsFault('InvalidRequestException', `Account ${env.account} may not report on other accounts.`);
  }
}

export function toReportPlan(
  env: Environment,
  name: string,
  shape: Pick<sdk.CreateReportPlanInput, 'ReportPlanDescription' | 'ReportPlanTags'> & {
    readonly ReportSetting?: sdk.ReportSetting | undefined;
    readonly ReportDeliveryChannel?: sdk.ReportDeliveryChannel | undefined;
  },
): BackupReportPlan {
  const { ReportSetting: setting, ReportDeliveryChannel: channel } = shape;
  return given({
    reportPlanName: name,
    env: { partition: env.partition, account: env.account, region: env.region },
    reportTemplate: setting?.ReportTemplate ?? '',
    s3BucketName: channel?.S3BucketName ?? '',
    s3KeyPrefix: channel?.S3KeyPrefix,
    formats: channel?.Formats,
    reportPlanDescription: shape.ReportPlanDescription,
    frameworkArns: setting?.FrameworkArns,
    accounts: setting?.Accounts,
    organizationUnits: setting?.OrganizationUnits,
    regions: setting?.Regions,
    tags: shape.ReportPlanTags,
  });
}

export function fromReportPlan(declared: BackupReportPlan): {
  readonly ReportPlanDescription: string | undefined;
  readonly ReportSetting: sdk.ReportSetting;
  readonly ReportDeliveryChannel: sdk.ReportDeliveryChannel;
} {
  return {
    ReportPlanDescription: declared.reportPlanDescription,
    ReportSetting: given({
      ReportTemplate: declared.reportTemplate,
      FrameworkArns: declared.frameworkArns,
      NumberOfFrameworks: declared.frameworkArns?.length,
      Accounts: declared.accounts,
      OrganizationUnits: declared.organizationUnits,
      Regions: declared.regions,
    }),
    ReportDeliveryChannel: given({
      S3BucketName: declared.s3BucketName,
      S3KeyPrefix: declared.s3KeyPrefix,
      // Source B10.2/1.
      Formats: declared.formats ?? ['CSV'],
    }),
  };
}

export function showReportPlan(plan: ReportPlan): sdk.ReportPlan {
  return given({
    ReportPlanArn: plan.arn,
    ReportPlanName: plan.name,
    ...fromReportPlan(plan.declaration),
    DeploymentStatus: plan.status,
    CreationTime: dateOf(plan.createdAt),
    LastAttemptedExecutionTime: toDate(plan.lastAttemptedAt),
    LastSuccessfulExecutionTime: toDate(plan.lastSucceededAt),
  });
}

export function showReportJob(job: ReportJob): sdk.ReportJob {
  return given({
    ReportJobId: job.id,
    ReportPlanArn: job.plan.arn,
    ReportTemplate: job.template,
    CreationTime: dateOf(job.createdAt),
    CompletionTime: toDate(job.completedAt),
    Status: job.status,
    StatusMessage: job.statusMessage,
    ReportDestination:
      job.status === 'COMPLETED'
        ? { S3BucketName: job.plan.declaration.s3BucketName, S3Keys: [...job.keys] }
        : undefined,
  });
}
