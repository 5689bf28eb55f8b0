// The engine's rules of the road once more: slow, in plain objects, from design.md "How a run counts" and the reference.
// It shares nothing with engine/src/domain; model lends schedules, the selector and the table of services. What only the
// engine can know comes in: the order of plans that are due at one instant, and the delay of each deletion.
import { BackupPlan, BackupRule, BackupSelection, Estate, Lifecycle, Selector, ServiceSupport } from '@holdfast/model';
import { AGAIN, COLD, DELETION, ENDS, OracleAgenda, RULE } from './oracle-agenda';
import {
  arnOf,
  baseOf,
  chainOf,
  changed,
  coldOf,
  copies,
  copyEnds,
  DAY,
  daysOrNever,
  GIB,
  goesIntoAirGap,
  HOUR,
  isBlocked,
  copiesOf,
  isContinuous,
  jobLine,
  keptRuns,
  MINUTE,
  Job,
  OracleAnswer,
  OracleOptions,
  OraclePoint,
  pointLine,
  Resource,
  runsOf,
  samePlace,
  sizeOf,
  statesOf,
  Temporary,
  Vault,
} from './oracle-facts';

export class Oracle {
  private readonly agenda = new OracleAgenda();
  private now: number;
  private readonly vaults = new Map<string, Vault>();
  private readonly resources: Resource[];
  private readonly points = new Set<OraclePoint>();
  private readonly temporary = new Map<OraclePoint, Temporary>();
  private readonly story: string[] = [];
  private readonly jobs: Job[] = [];
  private created = 0;
  private deleted = 0;

  constructor(
    private readonly estate: Estate,
    private readonly options: OracleOptions,
  ) {
    this.now = options.start;
    for (const { backupVaultName, env, encryptionKeyArn, vaultLock } of estate.vaults ?? []) {
      this.vaults.set(arnOf(env, backupVaultName), {
        arn: arnOf(env, backupVaultName),
        env,
        airGapped: false,
        keyArn: encryptionKeyArn,
        min: vaultLock?.minRetentionDays ?? 0,
        max: vaultLock?.maxRetentionDays ?? Infinity,
      });
    }
    for (const { backupVaultName, env, minRetentionDays, maxRetentionDays } of estate.logicallyAirGappedVaults ?? []) {
      const arn = arnOf(env, backupVaultName);
      const [min, max] = [minRetentionDays ?? 0, maxRetentionDays ?? Infinity];
      this.vaults.set(arn, { arn, env, airGapped: true, keyArn: undefined, min, max });
    }
    this.resources = (estate.resources ?? [])
      .map((declared) => ({
        declared,
        service: ServiceSupport.find(declared.service),
        busy: false,
        continuous: undefined,
        points: new Set<OraclePoint>(),
        latestCopies: new Map<string, number>(),
      }))
      .sort((a, b) => (a.declared.arn < b.declared.arn ? -1 : 1));
  }

  run(): OracleAnswer {
    const { planOrder, end } = this.options;
    const plans = [...(this.estate.plans ?? [])].sort(
      (a, b) => planOrder.indexOf(a.backupPlanName) - planOrder.indexOf(b.backupPlanName),
    );
    plans.forEach((plan) => this.enterPlan(plan));
    for (;;) {
      const next = this.agenda.pop();
      if (next === undefined || next.at >= end) {
        break;
      }
      this.now = next.at;
      next.act();
    }
    return {
      story: this.story,
      live: [...this.points],
      backupJobs: statesOf(this.jobs.filter(({ kind }) => kind === 'backup')),
      copyJobs: statesOf(this.jobs.filter(({ kind }) => kind === 'copy')),
      created: this.created,
      deleted: this.deleted,
    };
  }

  private enterPlan(plan: BackupPlan): void {
    const { start, end } = this.options;
    const roster = this.rosterOf(plan);
    const together = keptRuns(plan.rules, start, end, () => true);
    // B3.4/5: for services with PITR, continuous rules and the others do not compete.
    const apart = keptRuns(plan.rules, start, end, (a, b) => isContinuous(a) === isContinuous(b));
    plan.rules.forEach((rule, index) => {
      for (const at of runsOf(rule, start, end)) {
        this.agenda.enter(at, RULE, 0, () => {
          for (const resource of roster) {
            if ((resource.service.pitr ? apart : together)[index]?.has(at)) {
              this.beginBackup(plan, rule, resource);
            }
          }
        });
      }
    });
  }

  private rosterOf(plan: BackupPlan): Resource[] {
    const here = this.resources.filter(({ declared }) => samePlace(declared.env, plan.env));
    const settings = this.estate.regionSettings?.find(({ env }) => samePlace(env, plan.env));
    const picks = (selection: BackupSelection) =>
      Selector.evaluate(
        selection,
        here.map(({ declared }) => declared),
        settings,
      );
    const verdicts = (plan.selections ?? []).map(picks);
    return here.filter((_, row) => verdicts.some((verdict) => verdict[row]?.selected));
  }

  private beginBackup(plan: BackupPlan, rule: BackupRule, resource: Resource): void {
    const gap = rule.targetLogicallyAirGappedBackupVaultArn;
    // B7.6/1: fully managed services go straight into the air-gapped vault.
    const straight = gap !== undefined && resource.service.fullManagement && goesIntoAirGap(resource);
    const vault = this.vaults.get(straight ? gap : arnOf(plan.env, rule.targetBackupVaultName));
    const cause = `${plan.backupPlanName}#${rule.ruleName}`;
    const job = this.jobOf({ kind: 'backup', resource, vault, cause, rule, plan });
    const retention = daysOrNever(rule.lifecycle?.deleteAfterDays);
    if (vault === undefined || retention < vault.min || retention > vault.max || isBlocked(resource, rule)) {
      this.move(job, 'FAILED');
    } else if (resource.busy) {
      this.tell(job);
      this.waitForResource(job);
    } else {
      this.startBackup(job);
    }
  }

  /** B4.1/2: again every 10 minutes, until the start window is over (B3.4/2). */
  private waitForResource(job: Job): void {
    const startBy = job.createdAt + (job.rule.startWindowMinutes ?? 480) * MINUTE;
    this.agenda.enter(Math.min(this.now + 10 * MINUTE, startBy), AGAIN, job.number, () => {
      if (this.now >= startBy) {
        this.move(job, 'EXPIRED');
      } else if (job.resource.busy) {
        this.waitForResource(job);
      } else {
        this.startBackup(job);
      }
    });
  }

  private startBackup(job: Job): void {
    const { resource, rule } = job;
    const base = baseOf(resource, job.vault as Vault, false, this.vaults);
    const moved = base === undefined ? sizeOf(resource) : changed(resource, this.now - base);
    const endAt = this.now + 2 * MINUTE + Math.round((moved / GIB) * 6000);
    const completeBy = job.createdAt + (rule.completionWindowMinutes ?? 10_080) * MINUTE;
    job.expires = !resource.service.id.startsWith('fsx') && endAt > completeBy;
    this.occupy(job, job.expires ? Math.max(completeBy, this.now) : endAt, () => this.endBackup(job));
  }

  private occupy(job: Job, endAt: number, end: () => void): void {
    job.startedAt = this.now;
    job.resource.busy = true;
    this.move(job, 'RUNNING');
    this.agenda.enter(endAt, ENDS, 0, () => {
      job.resource.busy = false;
      end();
    });
  }

  private endBackup(job: Job): void {
    if (job.expires) {
      this.move(job, 'EXPIRED');
      return;
    }
    const { resource, rule, startedAt } = job;
    const vault = job.vault as Vault;
    const deleteAt = startedAt + daysOrNever(rule.lifecycle?.deleteAfterDays) * DAY;
    const standing = resource.continuous;
    const refreshes = isContinuous(rule) && resource.service.pitr && standing?.vault === vault.arn;
    const continuous = isContinuous(rule) && resource.service.pitr && (standing === undefined || refreshes);
    let point: OraclePoint;
    if (refreshes) {
      point = standing as OraclePoint;
      point.deleteAt = Math.max(point.deleteAt, deleteAt);
      this.planDeletion(point);
      point.asOf = startedAt;
    } else {
      const coldAt = continuous ? Infinity : coldOf(startedAt, rule.lifecycle, resource);
      point = this.make(job, { createdAt: startedAt, coldAt, deleteAt, continuous });
      resource.continuous = continuous ? point : resource.continuous;
    }
    this.move(job, 'COMPLETED');
    const source = continuous ? { coldAt: Infinity, deleteAt } : { coldAt: point.coldAt, deleteAt: point.deleteAt };
    this.follow(job, point, startedAt, source, continuous);
  }

  private follow(
    job: Job,
    point: OraclePoint,
    createdAt: number,
    source: { readonly coldAt: number; readonly deleteAt: number },
    continuous: boolean,
  ): void {
    const gap = job.rule.targetLogicallyAirGappedBackupVaultArn;
    const copies = copiesOf(job.rule);
    // B7.6/2: others go by way of a temporary point; B7.6/3: beside a continuous one, which is gone once its copy is over.
    if (gap !== undefined && !(job.vault as Vault).airGapped && goesIntoAirGap(job.resource)) {
      const passing = continuous ? this.make(job, { createdAt, ...source, continuous: false }) : point;
      this.temporary.set(passing, continuous ? { open: 1, kept: true } : { open: copies.length + 1, kept: false });
      this.beginCopy(job, passing, createdAt, source, gap, undefined, `${job.cause}>${gap}#air-gap`);
    }
    copies.forEach(({ destinationBackupVaultArn: to, lifecycle }, index) =>
      this.beginCopy(job, point, createdAt, source, to, lifecycle, `${job.cause}>${to}#${index}`),
    );
  }

  private beginCopy(
    backup: Job,
    source: OraclePoint,
    pointCreatedAt: number,
    given: { readonly coldAt: number; readonly deleteAt: number },
    to: string,
    lifecycle: Lifecycle | undefined,
    cause: string,
  ): void {
    const { resource, rule, plan } = backup;
    const sourceVault = backup.vault as Vault;
    const vault = this.vaults.get(to);
    const ends = copyEnds(pointCreatedAt, given, lifecycle, resource);
    const more = { source, sourceVault, pointCreatedAt, ends };
    const job = this.jobOf({ kind: 'copy', resource, vault, cause, rule, plan, ...more });
    const retention = (ends.deleteAt - pointCreatedAt) / DAY;
    if (
      vault === undefined ||
      !copies(resource, sourceVault, vault) ||
      retention < vault.min ||
      retention > vault.max
    ) {
      this.endCopy(job, 'FAILED');
    } else if (resource.busy) {
      this.tell(job);
      this.waitToCopy(job);
    } else {
      this.startCopy(job);
    }
  }

  private waitToCopy(job: Job): void {
    this.agenda.enter(this.now + 10 * MINUTE, AGAIN, job.number, () => {
      if (job.resource.busy) {
        this.waitToCopy(job);
      } else if (!this.points.has(job.source as OraclePoint)) {
        this.endCopy(job, 'FAILED');
      } else {
        this.startCopy(job);
      }
    });
  }

  private startCopy(job: Job): void {
    const { resource, pointCreatedAt = 0 } = job;
    const base = baseOf(resource, job.vault as Vault, true, this.vaults);
    const moved = base === undefined ? sizeOf(resource) : changed(resource, Math.max(0, pointCreatedAt - base));
    this.occupy(job, this.now + 2 * MINUTE + Math.round((moved / GIB) * 6000), () => this.endCopy(job, 'COMPLETED'));
  }

  private endCopy(job: Job, state: 'COMPLETED' | 'FAILED'): void {
    const { source, pointCreatedAt = 0 } = job;
    const ends = job.ends as { readonly coldAt: number; readonly deleteAt: number };
    if (state === 'COMPLETED') {
      this.make(job, { createdAt: pointCreatedAt, ...ends, continuous: false });
    }
    this.move(job, state);
    const waits = this.temporary.get(source as OraclePoint);
    if (waits !== undefined) {
      waits.open--;
      waits.kept ||=
        state === 'COMPLETED' && (job.vault as Vault).airGapped && ends.deleteAt >= (source as OraclePoint).deleteAt;
      if (waits.open === 0 && waits.kept && this.points.has(source as OraclePoint)) {
        this.remove(source as OraclePoint, job.resource);
      }
    }
  }

  private make(job: Job, made: Pick<OraclePoint, 'createdAt' | 'coldAt' | 'deleteAt' | 'continuous'>): OraclePoint {
    const { resource, cause } = job;
    const vault = job.vault as Vault;
    const [copied, asOf] = [job.kind === 'copy', made.createdAt];
    const of = { resource: resource.declared.arn, vault: vault.arn, cause };
    const point: OraclePoint = { ...of, ...made, cold: false, copied, asOf };
    if (copied) {
      const before = baseOf(resource, vault, true, this.vaults) ?? -Infinity;
      resource.latestCopies.set(chainOf(vault), Math.max(before, asOf));
    }
    this.points.add(point);
    resource.points.add(point);
    this.created++;
    if (point.coldAt < Infinity) {
      this.agenda.enter(Math.max(point.coldAt, this.now), COLD, 0, () => {
        if (this.points.has(point)) {
          point.cold = true;
          this.tellPoint(point, 'moved to cold storage');
        }
      });
    }
    this.planDeletion(point);
    return point;
  }

  private planDeletion(point: OraclePoint): void {
    const resource = this.resources.find(({ declared }) => declared.arn === point.resource) as Resource;
    const at = point.deleteAt + this.options.delayOf(point);
    const madeAt = this.now;
    if (at < Infinity) {
      this.agenda.enter(Math.max(at, this.now), DELETION, 0, () => {
        if (this.points.has(point) && point.deleteAt + this.options.delayOf(point) <= this.now) {
          // B5.2/2: within 8 hours after DeleteAt; a copy that took longer than it lives goes as soon as it is there.
          const due = Math.max(point.deleteAt, madeAt);
          if (this.now < point.deleteAt || this.now >= due + 8 * HOUR) {
            throw new Error(`deleted ${(this.now - due) / HOUR} hours after it was due`);
          }
          // B5.3/5: a continuous point whose rule stands is EXPIRED until the next run.
          if (resource.continuous === point) {
            throw new Error('a continuous point whose rule stands was deleted');
          }
          this.remove(point, resource);
        }
      });
    }
  }

  private remove(point: OraclePoint, resource: Resource): void {
    this.points.delete(point);
    this.deleted++;
    resource.points.delete(point);
    resource.continuous = resource.continuous === point ? undefined : resource.continuous;
    this.tellPoint(point, 'deleted');
  }

  private jobOf(made: Omit<Job, 'number' | 'createdAt' | 'state' | 'startedAt' | 'expires'>): Job {
    const job: Job = {
      ...made,
      number: this.jobs.length,
      createdAt: this.now,
      state: 'CREATED',
      startedAt: Infinity,
      expires: false,
    };
    this.jobs.push(job);
    return job;
  }

  private move(job: Job, state: Job['state']): void {
    job.state = state;
    this.tell(job);
  }

  private tell(job: Job): void {
    this.story.push(jobLine(this.now, job));
  }

  private tellPoint(point: OraclePoint, what: string): void {
    this.story.push(pointLine(this.now, what, point));
  }
}
