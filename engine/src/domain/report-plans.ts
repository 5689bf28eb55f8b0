/**
 * Report plans of Audit Manager, the jobs that write their reports, and the files.
 *
 * Owns     the report plans and report jobs of a World, and the report files.
 * Units    `…At` are Instants.
 * Source   B10.2. How long a deployment and a report take is Assumed.
 * Spec     report-plans.md
 */
import type { BackupReportPlan, Environment } from '@holdfast/model';
import { wordAt } from '../kernel/columns';
import { uuid } from '../kernel/ids';
import { DAY, formatInstant, HOUR, Instant, MINUTE, NEVER } from '../kernel/instant';
import { byArn, byName } from '../kernel/order';
import { below, finish, mix, mixInstant, seeded } from '../kernel/prng';
import type { Buckets } from './buckets';
import { canonical } from './canonical';
import {
  REPORT_JOB,
  REPORT_JOB_STATES,
  REPORT_PLAN_CREATED,
  REPORT_PLAN_DELETED,
  REPORT_PLAN_UPDATED,
} from './event-codes';
import type { DeploymentStatus, Framework, Frameworks } from './frameworks';
import { BACKUP, COPY } from './jobs';
import type { Ledger } from './ledger';
import { NO_REASON } from './reasons';
import { reportRefusal } from './report-access';
import { ReportFiles, ReportRow, reportTexts } from './report-files';
import {
  controlRows,
  Covers,
  jobRows,
  Period,
  REPORT_COLUMNS,
  resourceRows,
  restoreRows,
  scanRows,
} from './report-rows';
import type { RestoreRuns } from './restore-runs';
import type { ScanRuns } from './scan-runs';
import { placeOf } from './vaults';

/** Assumed: how long a report plan is being created, changed or deleted, and how long a report takes. */
export const REPORT_MOVES_AFTER = MINUTE;
/** Source B10.2/4: between 01:00 and 05:00 UTC. */
const DAILY_FROM = HOUR;
const DAILY_SPREAD = 4 * HOUR;

export interface ReportJob {
  readonly id: string;
  readonly plan: ReportPlan;
  readonly template: string;
  readonly createdAt: Instant;
  readonly period: Period;
  readonly token: string | undefined;
  status: (typeof REPORT_JOB_STATES)[number];
  /** Why it FAILED, in AWS's words. */
  statusMessage: string | undefined;
  completedAt: Instant | undefined;
  keys: readonly string[];
}

export class ReportPlan {
  status: DeploymentStatus = 'CREATE_IN_PROGRESS';
  lastAttemptedAt: Instant | undefined;
  lastSucceededAt: Instant | undefined;
  /** When the deployment ends, or the next daily report is due; entries for other instants are stale. */
  nextAt: Instant = NEVER;

  constructor(
    readonly number: number,
    readonly arn: string,
    readonly place: number,
    public declaration: BackupReportPlan,
    readonly token: string | undefined,
    readonly createdAt: Instant,
  ) {}

  get name(): string {
    return this.declaration.reportPlanName;
  }
}

export class ReportPlans {
  readonly files = new ReportFiles();
  private readonly all: ReportPlan[] = [];
  private readonly standing = new Set<ReportPlan>();
  private readonly reportJobs: ReportJob[] = [];
  private readonly planKind: number;
  private readonly jobKind: number;

  constructor(
    private readonly ledger: Ledger,
    private readonly frameworks: Frameworks,
    private readonly restores: RestoreRuns,
    private readonly scans: ScanRuns,
    private readonly buckets: Buckets,
  ) {
    this.planKind = ledger.turn('report plan moves', (number) => {
      const plan = this.all[number] as ReportPlan;
      if (!ledger.faults.putsOff(plan.declaration.env, this.planKind, number)) {
        this.move(plan);
      }
    });
    this.jobKind = ledger.turn('report job ends', (number) => {
      const job = this.reportJobs[number] as ReportJob;
      if (!ledger.faults.putsOff(job.plan.declaration.env, this.jobKind, number)) {
        this.end(job);
      }
    });
  }

  create(declaration: BackupReportPlan, token: string | undefined): ReportPlan {
    const { ledger } = this;
    const { env, reportPlanName: name } = declaration;
    const place = this.placeOf(env);
    const namesakes = this.all.filter((one) => one.name === name && one.place === place).length;
    const arn = reportPlanArn(env, name, namesakes);
    const plan = new ReportPlan(this.all.length, arn, place, declaration, token, ledger.now);
    this.all.push(plan);
    this.standing.add(plan);
    this.declare(REPORT_PLAN_CREATED, plan);
    this.begin(plan);
    return plan;
  }

  update(plan: ReportPlan, declaration: BackupReportPlan): void {
    plan.status = 'UPDATE_IN_PROGRESS';
    plan.declaration = declaration;
    this.declare(REPORT_PLAN_UPDATED, plan);
    this.begin(plan);
  }

  delete(plan: ReportPlan): void {
    plan.status = 'DELETE_IN_PROGRESS';
    this.declare(REPORT_PLAN_DELETED, plan);
    if (this.ledger.settlesAtOnce) {
      this.standing.delete(plan);
    } else {
      this.schedule(plan, this.ledger.now + REPORT_MOVES_AFTER);
    }
  }

  /** CloudFormation and Terraform wait until a report plan is deployed, or gone. */
  await(plan: ReportPlan): void {
    if (plan.status === 'DELETE_IN_PROGRESS') {
      this.standing.delete(plan);
      return;
    }
    this.settle(plan);
  }

  /** By ARN in ascending order. */
  everywhere(): ReportPlan[] {
    return byArn(this.standing);
  }

  /** Those of an account and Region, by name in ascending order. */
  list(env: Environment): ReportPlan[] {
    const place = this.placeOf(env);
    return byName(this.standing).filter((plan) => plan.place === place);
  }

  tryFind(env: Environment, name: string): ReportPlan | undefined {
    return this.list(env).find((plan) => plan.name === name);
  }

  /** Jobs of the report plans of an account and Region, newest first. */
  jobs(env: Environment): ReportJob[] {
    const place = this.placeOf(env);
    return this.reportJobs.filter(({ plan }) => plan.place === place).reverse();
  }

  /** Begins a report; without a period, of the last 24 hours (Source B10.2/4). */
  start(plan: ReportPlan, token: string | undefined, period?: Period): ReportJob {
    const { ledger } = this;
    const { now } = ledger;
    const same = this.reportJobs.filter((job) => job.plan === plan && job.createdAt === now).length;
    const names = [plan.arn, ...(same === 0 ? [] : [String(same)])];
    const job: ReportJob = {
      id: uuid(ledger.seed, { kind: 'report-job', names, at: now }),
      plan,
      template: plan.declaration.reportTemplate,
      createdAt: now,
      period: period ?? { from: now - DAY, to: now },
      token,
      status: 'RUNNING',
      statusMessage: undefined,
      completedAt: undefined,
      keys: [],
    };
    plan.lastAttemptedAt = now;
    const number = this.reportJobs.push(job) - 1;
    this.record(job);
    this.tell(job, 'ReportJobStarted');
    ledger.agenda.push(now + REPORT_MOVES_AFTER, this.jobKind, number);
    return job;
  }

  private end(job: ReportJob): void {
    const { ledger } = this;
    const { env, s3BucketName } = job.plan.declaration;
    const files = this.filesOf(job);
    const [[first = ''] = []] = files;
    job.statusMessage = reportRefusal(ledger, this.buckets, env, s3BucketName, first);
    job.completedAt = ledger.now;
    if (job.statusMessage === undefined) {
      job.keys = files.map(([key]) => key);
      job.status = 'COMPLETED';
      job.plan.lastSucceededAt = ledger.now;
      for (const [key, text] of files) {
        this.buckets.deliver(env.partition, this.files.put(s3BucketName, key, text, ledger.now));
      }
    } else {
      job.status = 'FAILED';
    }
    this.record(job);
    this.tell(job, 'ReportJobCompleted');
  }

  private move(plan: ReportPlan): void {
    const { now } = this.ledger;
    if (plan.nextAt > now) {
      return;
    }
    if (plan.status === 'DELETE_IN_PROGRESS') {
      this.standing.delete(plan);
      return;
    }
    if (plan.status === 'COMPLETED') {
      const midnight = Math.floor(now / DAY) * DAY;
      this.start(plan, undefined, { from: midnight - DAY, to: midnight });
    }
    this.settle(plan);
  }

  private begin(plan: ReportPlan): void {
    if (this.ledger.settlesAtOnce) {
      this.settle(plan);
    } else {
      this.schedule(plan, this.ledger.now + REPORT_MOVES_AFTER);
    }
  }

  private settle(plan: ReportPlan): void {
    plan.status = 'COMPLETED';
    this.schedule(plan, this.nextDaily(plan));
  }

  /** Within the four hours of a day, drawn from what the plan is called and the day. */
  private nextDaily({ arn }: ReportPlan): Instant {
    const { names, seed, now } = this.ledger;
    const keyed = mix(seeded(seed), wordAt(names.low, names.intern(arn)));
    const on = (midnight: Instant) => midnight + DAILY_FROM + below(finish(mixInstant(keyed, midnight)), DAILY_SPREAD);
    const midnight = Math.floor(now / DAY) * DAY;
    return on(midnight) > now ? on(midnight) : on(midnight + DAY);
  }

  /** Keys and texts of the files, by format and part. */
  private filesOf({ plan, id, period, template }: ReportJob): (readonly [key: string, text: string])[] {
    const { declaration } = plan;
    const { env, s3KeyPrefix, formats = ['CSV'] } = declaration;
    const rows = this.rows(plan, period);
    const [year, month, day] = formatInstant(this.ledger.now).slice(0, 10).split('-');
    const folder = [s3KeyPrefix, 'Backup', env.account, env.region, year, month, day].filter(
      (one) => one !== undefined,
    );
    return formats.flatMap((format) =>
      reportTexts(format, REPORT_COLUMNS[template] ?? [], rows).map((text, part) => {
        // Assumed: what comes after the name of the report plan.
        const name = `${plan.name}_${id}${part === 0 ? '' : `_${part + 1}`}.${format.toLowerCase()}`;
        return [[...folder, name].join('/'), text] as const;
      }),
    );
  }

  private rows(plan: ReportPlan, period: Period): ReportRow[] {
    const covers = this.covers(plan.declaration);
    switch (plan.declaration.reportTemplate) {
      case 'BACKUP_JOB_REPORT':
        return jobRows(this.ledger, BACKUP, period, covers);
      case 'COPY_JOB_REPORT':
        return jobRows(this.ledger, COPY, period, covers);
      case 'RESTORE_JOB_REPORT':
        return restoreRows(this.restores.list(), period, covers);
      case 'SCAN_JOB_REPORT':
        return scanRows(this.ledger, this.scans.list(), period, covers);
      case 'CONTROL_COMPLIANCE_REPORT':
        return controlRows(this.frameworks, this.covered(plan.declaration, covers));
      case 'RESOURCE_COMPLIANCE_REPORT':
        return resourceRows(this.frameworks, this.covered(plan.declaration, covers));
      default:
        return [];
    }
  }

  /** Source B10.2/3: ROOT is all accounts of the organization, a star all Regions. */
  private covers({ env, accounts = [], organizationUnits = [], regions = [] }: BackupReportPlan): Covers {
    const organization = this.ledger.organizations.of(env);
    const under = (account: string) =>
      organization?.tryFind(account)?.path.some(({ id, kind }) => kind !== 'ACCOUNT' && organizationUnits.includes(id));
    const hasAccount = (account: string) =>
      accounts.length + organizationUnits.length === 0
        ? account === env.account
        : accounts.includes(account) ||
          under(account) === true ||
          (accounts.includes('ROOT') && organization?.tryFind(account)?.kind === 'ACCOUNT');
    const hasRegion = (region: string) =>
      regions.length === 0 ? region === env.region : regions.includes('*') || regions.includes(region);
    return ({ account, region }) => hasAccount(account) && hasRegion(region);
  }

  /** Assumed: those that are listed, and in other accounts and Regions those of the same names. */
  private covered({ frameworkArns = [] }: BackupReportPlan, covers: Covers): Framework[] {
    const all = this.frameworks.everywhere();
    const names = new Set(all.filter(({ arn }) => frameworkArns.includes(arn)).map(({ name }) => name));
    return all.filter(({ name, made }) => names.has(name) && covers(made.env));
  }

  private declare(code: number, { arn, place, declaration }: ReportPlan): void {
    this.ledger.declare(code, arn, place, JSON.stringify(canonical(declaration)), 0, NEVER);
  }

  private record({ plan, id, status, keys }: ReportJob): void {
    const { log, names, now } = this.ledger;
    const code = REPORT_JOB + REPORT_JOB_STATES.indexOf(status);
    log.append(now, code, 0, NO_REASON, names.intern(plan.arn), plan.place, names.intern(id), keys.length, NEVER);
  }

  private tell({ plan, id, status }: ReportJob, eventName: string): void {
    const details = { reportJobId: id, reportPlanArn: plan.arn, status };
    this.ledger.tell({ kind: 'service-event', env: plan.declaration.env, eventName, details });
  }

  private schedule(plan: ReportPlan, at: Instant): void {
    plan.nextAt = at;
    this.ledger.agenda.push(at, this.planKind, plan.number);
  }

  private placeOf(env: Environment): number {
    return this.ledger.names.intern(placeOf(env));
  }
}

/** Assumed: its id follows from place, name, and how many there were before, so that artifacts can name it (0003). */
export function reportPlanArn(env: Environment, name: string, before = 0): string {
  const { partition, account, region } = env;
  const names = [partition, account, region, name, ...(before === 0 ? [] : [String(before)])];
  return `arn:${partition}:backup:${region}:${account}:report-plan:${name}-${uuid(0, { kind: 'report-plan', names })}`;
}
