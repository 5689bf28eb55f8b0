/**
 * Everything that exists in a World, and the clock that moves it.
 *
 * Owns     the ledger and what moves it; operations/ reach both, everybody else the views.
 * Units    `…At` are Instants (ms since epoch, UTC).
 * Source   design.md section 2, "How a run counts".
 */
import { BackupLimits, type RegionSettings, type StatefulResource } from '@holdfast/model';
import { byteAt, floatAt, intAt } from '../kernel/columns';
import { formatInstant, Instant, NEVER } from '../kernel/instant';
import { ApprovalTeams } from './approval-teams';
import { startByOf } from './backup-job';
import { BackupRuns } from './backup-runs';
import { BucketQuota } from './bucket-quota';
import { ContinuousRuns } from './continuous-runs';
import { Buckets } from './buckets';
import { CopyRuns } from './copy-runs';
import { CREATED, SETTING_CHANGED, RUNNING } from './event-codes';
import { FaultRuns } from './fault-runs';
import { putOffEnd } from './job-faults';
import { BACKUP } from './jobs';
import { Frameworks } from './frameworks';
import { IndexRuns } from './index-runs';
import { KeyRuns } from './key-runs';
import { LegalHolds } from './legal-holds';
import { JOB_ENDS, JOB_TRIES_AGAIN, Ledger, POINT_IS_DELETED, POINT_MOVES_TO_COLD, RULE_IS_DUE } from './ledger';
import { LookAhead } from './look-ahead';
import { Meter } from './meter';
import { OrganizationPlans } from './organization-plans';
import { PlanRuns } from './plan-runs';
import { LIVE } from './recovery-points';
import { RestoreAccessRuns } from './restore-access-runs';
import { ReportPlans } from './report-plans';
import type { Resource } from './protected-resources';
import { RenderedNames } from './rendered-names';
import { ResourceRuns } from './resource-runs';
import { RestoreLimits } from './restore-limits';
import { RestoreRuns } from './restore-runs';
import { RestoreTestingRuns } from './restore-testing-runs';
import { RetentionRuns } from './retention-runs';
import { ScanRuns } from './scan-runs';
import { Searches } from './searches';
import { Services } from './services';
import { StartJitter } from './start-jitter';
import { arnOfPoint, eventView, jobId, jobView, pointView } from './show';
import { VaultShares } from './vault-shares';
import { TableItems } from './table-items';
import { TieringRuns } from './tiering-runs';
import { placeOf } from './vaults';
import type { EventView, JobView, RecoveryPointView, WorldSummary } from './views';
import { NOBODY, Watcher } from './watcher';
import { summaryOf } from './world-summary';

export interface WorldOptions {
  /** Where the clock stands at first. */
  readonly start: Instant;
  /** Seed of every generated id and every chance; 1 when not given. */
  readonly seed?: number;
  /** How many events are kept for the report; the digest covers all of them in any case. 0 when not given. */
  readonly keepEvents?: number;
  /** How many steps may happen without the clock moving before the run fails; 10 million when not given. */
  readonly stepLimit?: number;
  /** Whether policies decide about the calls of principals and the steps of jobs; not unless given. */
  readonly enforceIam?: boolean;
  /**
   * Whether roles and policies that the World does not know are taken to be in order where policies decide, rather than to
   * be missing; not unless given.
   */
  readonly trustUnknown?: boolean;
  /** Whether what is used is counted, so that `cost` can tell what it costs; not unless given. */
  readonly meter?: boolean;
  /** How many minutes after their schedule jobs of rules start at most, their start window permitting; 0 when not given. */
  readonly startJitterMinutes?: number;
  /** How many buckets of an account AWS Backup backs up, where AWS has raised the quota; 100 when not given. */
  readonly bucketQuota?: number | undefined;
}

const STEP_LIMIT = 10_000_000;
const STEPS_PER_PROGRESS = 65_536;

export class WorldState {
  readonly start: Instant;
  readonly seed: number;
  /** Whether policies decide about the calls of principals and the steps of jobs. */
  readonly enforceIam: boolean;
  /** For operations/ alone. */
  readonly ledger: Ledger;
  /** For operations/ alone. */
  readonly services: Services;
  /** For operations/ alone. */
  readonly backups: BackupRuns;
  /** For operations/ alone. */
  readonly copies: CopyRuns;
  /** For operations/ alone. */
  readonly keys: KeyRuns;
  /** For operations/ alone. */
  readonly organizationPlans: OrganizationPlans;
  /** For operations/ alone. */
  readonly plans: PlanRuns;
  /** For operations/ alone. */
  readonly restores: RestoreRuns;
  /** For operations/ alone. */
  readonly restoreTests: RestoreTestingRuns;
  /** For operations/ alone. */
  readonly retention: RetentionRuns;
  /** For operations/ alone. */
  readonly holds: LegalHolds;
  /** For operations/ alone. */
  readonly indexes: IndexRuns;
  /** For operations/ alone. */
  readonly scans: ScanRuns;
  /** For operations/ alone. */
  readonly searches: Searches;
  /** For operations/ alone. */
  readonly tiering: TieringRuns;
  /** For operations/ alone. */
  readonly frameworks: Frameworks;
  /** For operations/ alone. */
  readonly reportPlans: ReportPlans;
  /** For operations/ alone, and for what drives content. */
  readonly buckets: Buckets;
  readonly tableItems: TableItems;
  readonly access: RestoreAccessRuns;
  readonly approvalTeams: ApprovalTeams;
  /** For operations/ alone. */
  readonly shares: VaultShares;
  /** Jobs by their ids. For operations/ alone. */
  readonly jobIds = new RenderedNames((number) =>
    this.ledger.jobs.isOnRecord(number) ? jobId(this.ledger, this.ledger.jobs.rowOf(number)) : undefined,
  );
  /** Recovery points by their ARNs. For operations/ alone. */
  readonly pointArns = new RenderedNames((row) =>
    this.ledger.points.has(row, LIVE) ? arnOfPoint(this.ledger, row) : undefined,
  );
  /** For testing/ alone. */
  readonly faults: FaultRuns;
  /** Nobody unless a report is asked for. */
  watcher: Watcher = NOBODY;
  private readonly resourceRuns: ResourceRuns;

  constructor(options: WorldOptions) {
    this.start = options.start;
    this.seed = options.seed ?? 1;
    this.enforceIam = options.enforceIam ?? false;
    this.ledger = new Ledger({
      start: options.start,
      seed: this.seed,
      keepEvents: options.keepEvents ?? 0,
      stepLimit: options.stepLimit ?? STEP_LIMIT,
    });
    // Where policies decide, a role is nothing that others may have made, unless whoever asks does not know them all.
    this.ledger.roles.strict = this.enforceIam && options.trustUnknown !== true;
    this.ledger.permissions.enforced = this.enforceIam;
    this.services = new Services(this.ledger);
    new LookAhead(this.ledger);
    this.copies = new CopyRuns(this.ledger);
    this.retention = new RetentionRuns(this.ledger);
    const buckets = new BucketQuota(this.ledger, options.bucketQuota ?? BackupLimits.S3_BUCKETS);
    this.backups = new BackupRuns(this.ledger, this.copies, new ContinuousRuns(this.ledger, this.retention), buckets);
    this.keys = new KeyRuns(this.ledger);
    this.plans = new PlanRuns(this.ledger, this.backups);
    this.organizationPlans = new OrganizationPlans(this.ledger, (plan, management) =>
      this.plans.add(plan, undefined, management),
    );
    this.restores = new RestoreRuns(this.ledger, new RestoreLimits(this.ledger, this.backups));
    this.holds = new LegalHolds(this.ledger);
    this.restoreTests = new RestoreTestingRuns(this.ledger, this.restores);
    this.frameworks = new Frameworks(this.ledger, this.restores);
    this.resourceRuns = new ResourceRuns(this.ledger, this.retention, this.backups);
    this.buckets = new Buckets(this.ledger, this.resourceRuns, options.start);
    this.access = new RestoreAccessRuns(this.ledger);
    this.shares = new VaultShares(this.ledger);
    this.indexes = new IndexRuns(this.ledger);
    this.scans = new ScanRuns(this.ledger);
    this.reportPlans = new ReportPlans(this.ledger, this.frameworks, this.restores, this.scans, this.buckets);
    this.tiering = new TieringRuns(this.ledger);
    this.backups.inspections.push(this.indexes, this.scans);
    this.faults = new FaultRuns(this.ledger, {
      backups: this.backups,
      copies: this.copies,
      keys: this.keys,
      resources: this.resourceRuns,
    });
    this.tableItems = new TableItems(this.ledger, this.resourceRuns);
    this.searches = new Searches(this.ledger, this.indexes, this.buckets);
    this.approvalTeams = new ApprovalTeams(this.ledger, this.access);
    // Last, as the kind of its entries must not come between those of others.
    if (options.meter === true) {
      this.ledger.meter = new Meter(this.ledger, this.buckets);
    }
    const { startJitterMinutes = 0 } = options;
    if (startJitterMinutes > 0) {
      this.ledger.jitter = new StartJitter(this.ledger, startJitterMinutes, (job) => this.backups.startLate(job));
    }
  }

  get now(): Instant {
    return this.ledger.now;
  }

  /** How many entries of the agenda came up so far. */
  get steps(): number {
    return this.ledger.agenda.steps;
  }

  /** How many events the log has. */
  get eventCount(): number {
    this.ledger.settle();
    return this.ledger.log.count;
  }

  /** Every resource that is there, in the order in which they were added. */
  get resources(): readonly StatefulResource[] {
    return this.ledger.resources.list().map((resource) => resource.declaration);
  }

  /**
   * Lets everything happen that is due before `until`, and moves the clock there. It stops on the way for what host has to
   * do (`services.functions.next`, `ledger.content.next`), and answers false: then it is to be called again.
   *
   * @throws Error when `until` lies in the past, or when the world runs away (`stepLimit`).
   */
  runUntil(until: Instant, onProgress?: (fraction: number, now: Instant) => void): boolean {
    const { ledger } = this;
    const { agenda, now: from } = ledger;
    if (!(until >= from)) {
      throw new Error(`the clock stands at ${formatInstant(from)} and cannot go back to ${formatInstant(until)}`);
    }
    ledger.settle();
    ledger.running = true;
    let progressAt = agenda.steps + STEPS_PER_PROGRESS;
    while (!ledger.paused && agenda.next(until)) {
      if (agenda.at >= this.watcher.nextAt) {
        this.watcher.look(agenda.at);
      }
      ledger.now = agenda.at;
      this.happen(agenda.kind, agenda.subject);
      if (agenda.steps >= progressAt) {
        progressAt = agenda.steps + STEPS_PER_PROGRESS;
        onProgress?.((ledger.now - from) / (until - from), ledger.now);
      }
    }
    ledger.running = false;
    if (ledger.paused) {
      return false;
    }
    if (until >= this.watcher.nextAt) {
      this.watcher.look(until);
    }
    ledger.now = until;
    onProgress?.(1, until);
    return true;
  }

  /** Adds a resource; the same ARN again replaces its tags, size and state. */
  addResource(resource: StatefulResource): void {
    this.resourceRuns.add(resource);
  }

  /** Takes a resource away; its recovery points stay. */
  removeResource(resource: Resource): void {
    this.resourceRuns.remove(resource);
  }

  /** For operations/ alone: opt-in settings of an account and Region change. */
  changeSettings(settings: RegionSettings): void {
    const { ledger } = this;
    ledger.settings.update(settings);
    for (const resource of ledger.resources.list()) {
      resource.describe(
        resource.declaration,
        ledger.settings.serviceOf(resource.declaration.env, resource.declaration.service),
      );
    }
    ledger.rosterVersion++;
    const preferences = [settings.resourceTypeOptInPreference, settings.resourceTypeManagementPreference].map((map) =>
      Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    const { env, resourceTypeOptInPreference } = settings;
    ledger.declare(SETTING_CHANGED, '', ledger.names.intern(placeOf(env)), JSON.stringify(preferences), 0, NEVER);
    ledger.tell({ kind: 'region-setting', env, resourceTypeOptInPreference });
  }

  /** The sums of this instant. */
  summary(): WorldSummary {
    return summaryOf(this);
  }

  /** `sha256:…` over the canonical event log so far. */
  digest(): string {
    this.ledger.settle();
    return this.ledger.log.digest();
  }

  /** Live recovery points of a resource, oldest first. */
  pointsOf(resourceArn: string): RecoveryPointView[] {
    const { ledger } = this;
    return (ledger.resources.tryFind(resourceArn)?.series ?? [])
      .flatMap((number) => ledger.points.rowsOf(number))
      .map((row) => pointView(ledger, row))
      .sort((a, b) => a.createdAt - b.createdAt || (a.backupVaultArn < b.backupVaultArn ? -1 : 1));
  }

  /** Vault, creation and origin of each live point of a resource: what tells a point apart in the event log. */
  liveOf(
    resourceArn: string,
  ): { readonly backupVaultArn: string; readonly createdAt: Instant; readonly cause: string }[] {
    const { points, names, origins, resources } = this.ledger;
    const series = resources.tryFind(resourceArn)?.series ?? [];
    return series.flatMap((number) =>
      points.rowsOf(number).map((row) => ({
        backupVaultArn: this.ledger.vaultOf(number).arn,
        createdAt: floatAt(points.createdAts, row),
        cause: names.text(origins.find(intAt(points.origins, row)).name),
      })),
    );
  }

  /** Jobs of a resource that are still on record, oldest first. */
  jobsOf(resourceArn: string): JobView[] {
    const { ledger } = this;
    const resource = ledger.resources.tryFind(resourceArn);
    const rows = ledger.jobs.rows((row) => intAt(ledger.jobs.resources, row) === resource?.number);
    return rows.map((row) => jobView(ledger, row));
  }

  /** The events that were kept, oldest first. */
  events(): EventView[] {
    this.ledger.settle();
    return Array.from({ length: this.ledger.log.keptCount }, (_, row) => eventView(this.ledger, row));
  }

  private happen(kind: number, subject: number): void {
    switch (kind) {
      case JOB_ENDS:
        this.jobEnds(subject);
        return;
      case POINT_MOVES_TO_COLD:
        this.retention.coldTransition(subject);
        return;
      case POINT_IS_DELETED:
        this.retention.deletion(subject);
        return;
      case JOB_TRIES_AGAIN:
        this.jobTriesAgain(subject);
        return;
      case RULE_IS_DUE:
        this.plans.rulesAreDue(subject);
        return;
      default:
        this.ledger.takeTurn(kind, subject);
    }
  }

  private jobEnds(number: number): void {
    const { ledger } = this;
    const { jobs } = ledger;
    const row = jobs.rowOf(number);
    // A job that was stopped has left its entry, and perhaps its row, behind.
    if (byteAt(jobs.states, row) !== RUNNING || floatAt(jobs.endAts, row) !== ledger.now) {
      return;
    }
    if (ledger.faults.active !== 0 && putOffEnd(ledger, row)) {
      return;
    }
    const resource = ledger.resources.find(intAt(jobs.resources, row));
    if (byteAt(jobs.kinds, row) === BACKUP) {
      this.backups.end(row);
      this.backups.makeWay(number);
    } else {
      this.copies.end(row);
      this.copies.makeWay(number, resource);
    }
    ledger.wake(resource);
  }

  /** A waiting job looks for its resource, or its start window ends; a job that is under way has nothing to do. */
  private jobTriesAgain(number: number): void {
    const { ledger } = this;
    const { jobs } = ledger;
    const row = jobs.rowOf(number);
    const resource = ledger.resources.find(intAt(jobs.resources, row));
    const backup = byteAt(jobs.kinds, row) === BACKUP;
    const createdAt = floatAt(jobs.createdAts, row);
    const origin = ledger.origins.find(intAt(jobs.origins, row));
    const over = backup && ledger.now >= startByOf(createdAt, origin);
    // What a fault keeps from beginning has looks of its own.
    const free = !resource.busy && !resource.queued.has(number) && !ledger.faults.held.has(number);
    if (byteAt(jobs.states, row) === CREATED && (over || free)) {
      ledger.faults.held.delete(number);
      resource.waiting.remove(createdAt, number);
      if (backup) {
        this.backups.retry(number);
      } else {
        this.copies.retry(number);
      }
    }
    ledger.wake(resource);
  }
}
