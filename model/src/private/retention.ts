import { BackupLimits } from '../backup-limits';
import { IValueProbe } from '../finding';
import { Lifecycle } from '../lifecycle';
import { absent, never, readable, whole } from './reading';

/** Days that a point is kept: Infinity for ever, undefined when that is not known now. */
export type Retention = number | undefined;

/** How long a lifecycle keeps a point (Source B2.3/2). */
export function retentionOf(lifecycle: Lifecycle | undefined, probe: IValueProbe): Retention {
  if (absent(lifecycle)) {
    return Infinity;
  }
  if (!probe.known(lifecycle)) {
    return undefined;
  }
  return daysOf(lifecycle.deleteAfterDays, Infinity, probe);
}

/** How long a copy is kept, counted from its source: what it leaves out, or gives as -1, is the source's (B6.2/2). */
export function copyRetentionOf(lifecycle: Lifecycle | undefined, source: Retention, probe: IValueProbe): Retention {
  if (absent(lifecycle)) {
    return source;
  }
  return probe.known(lifecycle) ? daysOf(lifecycle.deleteAfterDays, source, probe) : undefined;
}

function daysOf(remove: number | undefined, otherwise: Retention, probe: IValueProbe): Retention {
  if (never(remove, probe)) {
    return otherwise;
  }
  // A number that AWS refuses is no retention to reason with.
  return readable(remove, probe) && whole(remove, 1, BackupLimits.LONGEST_DAYS) ? remove : undefined;
}
