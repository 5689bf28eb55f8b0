/**
 * The backup gateways that a virtual machine is backed up and restored through: those of its hypervisor.
 *
 * Pure: takes declarations and jobs.
 * Source   B4.3/9: a gateway runs 4 backup or restore jobs at once, a hypervisor has one or more; API of backup gateway: a
 *          machine and a gateway each have one hypervisor.
 * Assumed  A job takes any gateway of its hypervisor that has room. Machines of an account and Region that name no
 *          hypervisor are on one, which has one gateway. A restore goes through the gateways of the hypervisor that its
 *          `HypervisorArn` names, of the account and Region in which it runs; one without goes to EC2, through none.
 * Spec     backup-job.md, restore-job.md
 */
import { BackupLimits, type StatefulResource } from '@holdfast/model';
import { PENDING } from './event-codes';
import type { Ledger } from './ledger';
import { valueOf } from './restore-job';
import type { RestoreJob } from './restore-runs';
import { placeOf } from './vaults';

/** How many jobs run at once of those that have a key in common. */
export interface Limit {
  readonly key: string;
  readonly most: number;
}

/** What a machine says of where it is. */
export type Hypervisor = Pick<StatefulResource, 'hypervisorId' | 'gatewayCount'>;

/** @param place number of account and Region among the names */
export function gatewaysOf(place: number, { hypervisorId, gatewayCount = 1 }: Hypervisor): Limit {
  const key = `${place} ${BackupLimits.GATEWAY_SERVICE} ${hypervisorId ?? ''}`;
  return { key, most: gatewayCount * BackupLimits.JOBS_OF_GATEWAY };
}

/** Where a restore takes a machine, as machines say that are there; undefined unless it takes one to a hypervisor. */
export function hypervisorOf(ledger: Ledger, { resource, request }: RestoreJob): Hypervisor | undefined {
  const arn = resource.service.id === BackupLimits.GATEWAY_SERVICE && valueOf(request.metadata, 'HypervisorArn');
  if (arn === undefined || arn === false || arn === '') {
    return undefined;
  }
  const hypervisorId = arn.slice(arn.lastIndexOf('/') + 1);
  const there = ledger.resources.at(ledger.names.intern(placeOf(request.env)));
  const known = there.find(({ declaration }) => declaration.hypervisorId === hypervisorId);
  return { hypervisorId, gatewayCount: known?.declaration.gatewayCount ?? 1 };
}

/** The limit under which a restore job runs that has not begun; undefined where there is none. */
export function gatewaysOfRestore(ledger: Ledger, job: RestoreJob): Limit | undefined {
  const hypervisor = job.state === PENDING ? hypervisorOf(ledger, job) : undefined;
  return hypervisor && gatewaysOf(ledger.names.intern(placeOf(job.request.env)), hypervisor);
}
