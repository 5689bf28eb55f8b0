import { Finding, IValueProbe } from '../../finding';
import { StatefulResource } from '../../resource';
import { BackupRule } from '../../rule';
import { ServiceWindow } from '../../service-window';
import { ServiceSupport } from '../../support/service-support';
import { at, found } from '../found';
import { listed, readable } from '../reading';
import { SAMPLE_FROM_MS, SAMPLE_TO_MS, scheduleOf } from '../runs';
import { RULE } from '../tables/rule';
import { DeclaredPlan, EstateIndex, PlannedRule } from './estate-index';
import { reachOf } from './selected';

/** Runs that fall into a time in which the service of a resource lets no backup begin (Source B4.3/2). */
export function checkServiceWindows(index: EstateIndex): Finding[] {
  return index.plans.flatMap((declared) => {
    const windows = reachOf(declared, index).resources.flatMap((resource) =>
      windowsOf(resource, declared, index.probe),
    );
    return windows.length === 0
      ? []
      : declared.rules
          .filter(({ rule }) => !isContinuous(rule, index.probe))
          .flatMap((planned) => checkRuns(planned, windows, index.probe));
  });
}

/** A window of one resource. */
interface Near {
  readonly name: string;
  readonly window: ServiceWindow;
  readonly leadMinutes: number;
}

/** What AWS Backup keeps continuously does not mind. */
function windowsOf(resource: StatefulResource, declared: DeclaredPlan, probe: IValueProbe): Near[] {
  const leadMinutes = ServiceWindow.leadMinutes(resource.service);
  const pitr = ServiceSupport.tryFind(resource.service)?.pitr ?? false;
  if (leadMinutes === 0 || (pitr && declared.rules.some(({ rule }) => isContinuous(rule, probe)))) {
    return [];
  }
  const { preferredMaintenanceWindow: weekly, preferredBackupWindow: daily, automatedBackupDays: days } = resource;
  const windows = [
    readable(weekly, probe) ? ServiceWindow.tryWeekly(weekly) : undefined,
    readable(daily, probe) && days !== 0 ? ServiceWindow.tryDaily(daily) : undefined,
  ];
  return windows.flatMap((window) => (window === undefined ? [] : [{ name: resource.name, window, leadMinutes }]));
}

function checkRuns({ rule, path }: PlannedRule, windows: readonly Near[], probe: IValueProbe): Finding[] {
  const runs = scheduleOf(rule, probe)?.between(SAMPLE_FROM_MS, SAMPLE_TO_MS) ?? [];
  const blocks = (atMs: number) => windows.filter(({ window, leadMinutes }) => window.blocks(atMs, leadMinutes));
  const blocked = runs.filter((atMs) => blocks(atMs).length > 0);
  const [first] = blocked;
  if (first === undefined) {
    return [];
  }
  const names = [...new Set(blocked.flatMap((atMs) => blocks(atMs).map(({ name }) => name)))];
  const instant = new Date(first).toISOString().replace(/:00\.000Z$/, 'Z');
  const given = `${blocked.length} of ${runs.length} runs, the first ${instant}, for ${listed(names)}`;
  return [found(RULE.serviceWindow, at(path, 'scheduleExpression'), given)];
}

function isContinuous({ enableContinuousBackup: enabled }: BackupRule, probe: IValueProbe): boolean {
  return readable(enabled, probe) && enabled;
}
