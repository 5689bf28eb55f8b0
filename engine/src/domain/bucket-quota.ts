/**
 * How many buckets of an account AWS Backup backs up.
 *
 * Owns     the buckets of each account that count, and those that counted when they were last asked for.
 * Units    counts of buckets.
 * Source   B4.3/1, B15: 100 of an account, and up to 1,000 once AWS has raised the quota (model's BackupLimits).
 * Assumed  A bucket counts while a job of it runs, or a recovery point of it is in a vault of its account, in whatever
 *          Region. What has been raised has been raised for every account of the World.
 * Spec     backup-job.md
 */
import { intAt } from '../kernel/columns';
import type { Ledger } from './ledger';
import type { Resource } from './protected-resources';

export class BucketQuota {
  private readonly byAccount = new Map<string, Set<Resource>>();

  constructor(
    private readonly ledger: Ledger,
    private readonly most: number,
  ) {}

  /** Whether a backup of a resource may begin: of a bucket, if it counts already or there is room for it. It counts then. */
  takes(resource: Resource): boolean {
    if (resource.countsAsBucket || resource.service.id !== 's3') {
      return true;
    }
    const { account } = resource.declaration.env;
    const counted = this.byAccount.get(account) ?? new Set();
    this.byAccount.set(account, counted);
    // Looked at when it matters alone: points come and go by the million.
    for (const one of counted.size < this.most ? [] : counted) {
      if (!this.isBackedUp(one)) {
        counted.delete(one);
        one.countsAsBucket = false;
      }
    }
    if (counted.size >= this.most) {
      return false;
    }
    counted.add(resource);
    resource.countsAsBucket = true;
    return true;
  }

  private isBackedUp({ busy, series, declaration }: Resource): boolean {
    const { ledger } = this;
    const isOwn = (number: number) => ledger.vaultOf(number).made.env.account === declaration.env.account;
    return busy || series.some((number) => intAt(ledger.series.lives, number) > 0 && isOwn(number));
  }
}
