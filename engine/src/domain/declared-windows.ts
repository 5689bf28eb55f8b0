/**
 * When a service works on a resource itself, from the words of its own API into those of the model.
 *
 * Pure: the CloudFormation and the Terraform reader and the operations come here.
 * Source   RDS CreateDBInstance and CreateDBCluster (`mon:05:00-mon:05:30`, `04:00-04:30`, UTC); FSx
 *          WeeklyMaintenanceStartTime (`1:05:00`, 1 is Monday) and DailyAutomaticBackupStartTime (`05:00`), half an hour
 *          each.
 */
import type { Windows } from './stateful-resources';

/** What an artifact or a call says of them, as it says it. */
export interface DeclaredWindows {
  readonly maintenance: string | undefined;
  readonly backup: string | undefined;
  readonly backupDays: number | undefined;
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const HALF_HOUR = 30;
const PER_DAY = 1440;

/** The windows in the model's words. */
export function windowsOf({ maintenance, backup, backupDays }: DeclaredWindows): Windows {
  return {
    ...(maintenance !== undefined && { preferredMaintenanceWindow: weekly(maintenance) }),
    ...(backup !== undefined && { preferredBackupWindow: daily(backup) }),
    ...(backupDays !== undefined && { automatedBackupDays: backupDays }),
  };
}

/** Text of another form is left as it is, for the rules to speak of. */
function weekly(text: string): string {
  const [, day = '', hour = '', minute = ''] = /^([1-7]):(\d\d):(\d\d)$/.exec(text) ?? [];
  if (day === '') {
    return text.toLowerCase();
  }
  const from = (Number(day) - 1) * PER_DAY + Number(hour) * 60 + Number(minute);
  return `${weekTime(from)}-${weekTime(from + HALF_HOUR)}`;
}

function daily(text: string): string {
  const [, hour = '', minute = ''] = /^(\d\d):(\d\d)$/.exec(text) ?? [];
  const from = Number(hour) * 60 + Number(minute);
  return hour === '' ? text : `${dayTime(from)}-${dayTime(from + HALF_HOUR)}`;
}

function weekTime(minutes: number): string {
  return `${DAYS[Math.floor(minutes / PER_DAY) % DAYS.length] ?? ''}:${dayTime(minutes)}`;
}

function dayTime(minutes: number): string {
  const [hour, minute] = [Math.floor(minutes / 60) % 24, minutes % 60];
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
