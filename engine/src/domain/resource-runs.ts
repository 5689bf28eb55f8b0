/**
 * Resources come and go; their recovery points stay.
 *
 * Owns     nothing: moves the resources of the ledger.
 * Source   B5.2/8 (points outlast their resource).
 * Spec     protected-resources.md
 */
import type { StatefulResource } from '@holdfast/model';
import { NEVER } from '../kernel/instant';
import type { BackupRuns } from './backup-runs';
import { RESOURCE_ADDED, RESOURCE_REMOVED } from './event-codes';
import type { Ledger } from './ledger';
import type { Resource } from './protected-resources';
import { NO_REASON } from './reasons';
import type { RetentionRuns } from './retention-runs';

export class ResourceRuns {
  /** Who hears of what was taken away. */
  readonly removed: ((resource: Resource) => void)[] = [];

  constructor(
    private readonly ledger: Ledger,
    private readonly retention: RetentionRuns,
    private readonly backups: BackupRuns,
  ) {}

  /**
   * Adds a resource; the same ARN again replaces its tags, size and state. What is made again under the ARN of one that was
   * taken away is another thing, so that its first backup is a full one.
   */
  add(declaration: StatefulResource): Resource {
    const { ledger } = this;
    const service = ledger.settings.serviceOf(declaration.env, declaration.service);
    const anew = ledger.resources.tryFind(declaration.arn)?.gone === true;
    const added = ledger.resources.put(declaration, service, ledger.now);
    if (anew) {
      ledger.chains.startAnew(added);
    }
    ledger.meter?.provisioned(added);
    ledger.rosterVersion++;
    this.backups.requeue(added);
    ledger.note(RESOURCE_ADDED, added.arn, added.place, added.service.id, NO_REASON, added.sizeBytes, NEVER);
    return added;
  }

  /** Takes a resource away: nothing selects it any more, and its jobs fail. A continuous backup stops. */
  remove(resource: Resource): void {
    const { ledger } = this;
    ledger.resources.remove(resource);
    ledger.content?.gone(resource);
    ledger.meter?.provisioned(resource);
    for (const hear of this.removed) {
      hear(resource);
    }
    ledger.rosterVersion++;
    this.backups.requeue(resource);
    ledger.note(
      RESOURCE_REMOVED,
      resource.arn,
      resource.place,
      resource.service.id,
      NO_REASON,
      resource.sizeBytes,
      NEVER,
    );
    if (resource.continuousPoint >= 0) {
      this.retention.stop(resource.continuousPoint, resource.blocked);
    }
  }
}
