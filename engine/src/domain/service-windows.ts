/**
 * When a service works on a resource itself, so that no backup of it can begin.
 *
 * Pure: a declaration and an instant in, the reason against a backup out.
 * Source   B4.3/2; which services, and how long before, is model's ServiceWindow.
 * Spec     backup-job.md
 */
import { ServiceWindow, StatefulResource } from '@holdfast/model';
import type { Instant } from '../kernel/instant';
import { IN_BACKUP_WINDOW, IN_MAINTENANCE_WINDOW, NO_REASON } from './reasons';

export class ServiceWindows {
  constructor(
    private readonly maintenance: ServiceWindow | undefined,
    private readonly backup: ServiceWindow | undefined,
    private readonly leadMinutes: number,
  ) {}

  /** Why a backup cannot begin at an instant; of both windows, the weekly one is named. */
  refusalAt(now: Instant): number {
    if (this.maintenance?.blocks(now, this.leadMinutes) === true) {
      return IN_MAINTENANCE_WINDOW;
    }
    return this.backup?.blocks(now, this.leadMinutes) === true ? IN_BACKUP_WINDOW : NO_REASON;
  }
}

/** Undefined where no window is in the way of backups: Aurora, and whatever declares none. */
export function windowsOf(declaration: StatefulResource, service: string): ServiceWindows | undefined {
  const lead = ServiceWindow.leadMinutes(service);
  const { automatedBackupDays, preferredBackupWindow } = declaration;
  const maintenance = maintenanceOf(declaration);
  // A service that makes no automated backups has no window for them.
  const daily = automatedBackupDays === 0 ? undefined : preferredBackupWindow;
  const backup = daily === undefined ? undefined : ServiceWindow.tryDaily(daily);
  return lead === 0 || (maintenance === undefined && backup === undefined)
    ? undefined
    : new ServiceWindows(maintenance, backup, lead);
}

/** When the maintenance window of a resource next begins; at once where none is declared. */
export function nextMaintenance(declaration: StatefulResource, now: Instant): Instant {
  return Math.round(maintenanceOf(declaration)?.nextStart(now) ?? now);
}

function maintenanceOf({ preferredMaintenanceWindow: weekly }: StatefulResource): ServiceWindow | undefined {
  return weekly === undefined ? undefined : ServiceWindow.tryWeekly(weekly);
}
