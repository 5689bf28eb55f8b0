import { BackupEvent } from './backup-event';
import { Finding, IValueProbe } from './finding';
import { EventFacts, EVENTS, FilterName } from './private/event-catalog';
import { at, found } from './private/found';
import { lengthOf, listed, members, readable, shown } from './private/reading';
import { EVENT } from './private/tables/monitoring';
import { ServiceSupport } from './support/service-support';

/**
 * Which events of a kind are meant. Members are all asked (AND), the values of a member are alternatives (OR).
 */
export interface BackupEventFilter {
  /**
   * States, e.g. `FAILED`.
   *
   * @default - every state
   */
  readonly states?: string[];

  /**
   * ARNs of vaults. A copy job is of its source and of its destination.
   *
   * @default - every vault
   */
  readonly backupVaultArns?: string[];

  /**
   * Types of the resource that is backed up, e.g. `EBS`.
   *
   * @default - every type
   */
  readonly resourceTypes?: string[];

  /**
   * ARNs of the resource that is backed up.
   *
   * @default - every resource
   */
  readonly resourceArns?: string[];

  /**
   * Ids of the plans that asked for it; what was asked for on demand has none.
   *
   * @default - every plan, and on demand
   */
  readonly backupPlanIds?: string[];
}

const MEMBERS: Readonly<Record<FilterName, keyof BackupEventFilter>> = {
  vault: 'backupVaultArns',
  resourceType: 'resourceTypes',
  resource: 'resourceArns',
  plan: 'backupPlanIds',
};
const FILTERS = Object.entries(MEMBERS) as [FilterName, keyof BackupEventFilter][];

/**
 * Event patterns of EventBridge for what AWS Backup tells of, as plain JSON.
 */
export class BackupEventPatterns {
  /**
   * Events of a kind.
   *
   * @param kind the kind
   * @param filter which of them
   */
  public static stateChange(kind: BackupEvent, filter?: BackupEventFilter): any {
    return pattern(kind, filter ?? {}, {});
  }

  /**
   * Every event of some kinds.
   *
   * @param kinds the kinds
   */
  public static kinds(kinds: BackupEvent[]): any {
    return { source: [BackupEvent.SOURCE], 'detail-type': kinds.map(({ detailType }) => detailType) };
  }

  /**
   * Backup jobs that COMPLETED and have something to say: what the console calls "Completed with issues".
   *
   * CloudWatch counts them as completed (Source B4.1/9).
   *
   * @param filter which of them; `states` is not asked
   */
  public static completedWithIssues(filter?: BackupEventFilter): any {
    const statusMessage = [{ 'anything-but': [''] }];
    return pattern(BackupEvent.BACKUP_JOB, { ...filter, states: ['COMPLETED'] }, { statusMessage });
  }

  /**
   * Malware scans that found something.
   *
   * @param filter which of them
   */
  public static threatsFound(filter?: BackupEventFilter): any {
    return pattern(BackupEvent.SCAN_JOB, filter ?? {}, { scanResult: { scanResultStatus: ['THREATS_FOUND'] } });
  }

  /**
   * Vaults that were modified and have a lock now.
   *
   * @param filter which of them; `states` is not asked
   */
  public static vaultLocked(filter?: BackupEventFilter): any {
    // The sample has a string where the API has a truth value (Source B14.1/5): whichever comes.
    return pattern(BackupEvent.VAULT, { ...filter, states: ['MODIFIED'] }, { isLocked: ['true', true] });
  }

  private constructor() {}
}

/**
 * Who may send events to a bus.
 */
export interface BackupEventSenders {
  /**
   * Id of the organization whose accounts may, `o-…`.
   *
   * @default - no organization
   */
  readonly organizationId?: string;

  /**
   * Accounts that may.
   *
   * @default - none
   */
  readonly accounts?: string[];
}

/**
 * What would make an event pattern match nothing.
 */
export class BackupEventRules {
  /**
   * What the rules find. Never throws.
   *
   * @param kind the kind of event
   * @param filter which of them
   * @param path where the filter is declared, empty for none
   * @param probe tells which values are known now
   */
  public static check(kind: BackupEvent, filter: BackupEventFilter, path: string, probe: IValueProbe): Finding[] {
    const findings: Finding[] = [];
    const states = members(filter.states, probe).filter(([index, state]) => {
      const known = kind.states.includes(state);
      if (!known) {
        const allowed = `one of ${kind.states.join(', ')} for a ${kind.detailType}`;
        findings.push(found(EVENT.state, at(at(path, 'states'), index), state, allowed));
      }
      return known;
    });
    for (const member of ['states', ...Object.values(MEMBERS)] as (keyof BackupEventFilter)[]) {
      if (lengthOf(filter[member], probe) === 0) {
        findings.push(found(EVENT.empty, at(path, member), '0'));
      }
    }
    for (const [name, member] of FILTERS.filter(([, one]) => filter[one] !== undefined)) {
      const without = statesWithout(kind, name, states.length > 0 ? states.map(([, state]) => state) : undefined);
      if (without.length > 0) {
        findings.push(found(EVENT.filter, at(path, member), `${kind.detailType} ${without.join(', ')}`));
      }
    }
    return [...findings, ...checkTypes(filter, path, probe)];
  }

  /**
   * What the rules find in a list of kinds. Never throws.
   *
   * @param kinds kinds of events
   * @param path where the list is declared
   */
  public static checkKinds(kinds: BackupEvent[], path: string): Finding[] {
    return kinds.length === 0 ? [found(EVENT.empty, path, '0')] : [];
  }

  /**
   * What the rules find in those who may send events to a bus. Never throws.
   *
   * @param senders the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static checkSenders(senders: BackupEventSenders, path: string, probe: IValueProbe): Finding[] {
    const { organizationId, accounts } = senders;
    if (organizationId === undefined && lengthOf(accounts ?? [], probe) === 0) {
      return [found(EVENT.sender, at(path, 'organizationId'), 'none')];
    }
    const findings = members(accounts, probe)
      .filter(([, account]) => !/^\d{12}$/.test(account))
      .map(([index, account]) => found(EVENT.sender, at(at(path, 'accounts'), index), shown(account)));
    if (readable(organizationId, probe) && !/^o-[a-z0-9]{10,32}$/.test(organizationId)) {
      findings.push(found(EVENT.sender, at(path, 'organizationId'), shown(organizationId)));
    }
    return findings;
  }

  private constructor() {}
}

function checkTypes(filter: BackupEventFilter, path: string, probe: IValueProbe): Finding[] {
  const types = [...new Set(ServiceSupport.all().map(({ resourceType }) => resourceType))];
  return members(filter.resourceTypes, probe).flatMap(([index, type]) =>
    types.includes(type)
      ? []
      : [
          found(
            EVENT.resourceType,
            at(at(path, 'resourceTypes'), index),
            type,
            `a resource type, e.g. ${listed(types)}`,
          ),
        ],
  );
}

/**
 * The states whose events lack what a filter asks for. Without states asked for it is enough that one of all has it, as the
 * others are not meant then.
 */
function statesWithout(kind: BackupEvent, name: FilterName, asked: string[] | undefined): string[] {
  const { places, lacking } = factsOf(kind);
  const lacks = (state: string) => places[name] === undefined || (lacking[state] ?? []).includes(name);
  if (asked !== undefined) {
    return asked.filter(lacks);
  }
  return kind.states.every(lacks) ? ['in every state'] : [];
}

function factsOf(kind: BackupEvent): EventFacts {
  return Object.values(EVENTS).find(({ detailType }) => detailType === kind.detailType)!;
}

function pattern(kind: BackupEvent, filter: BackupEventFilter, more: object): object {
  const { places } = factsOf(kind);
  const resources: string[] = [];
  const detail: Record<string, unknown> = { ...stateOf(kind, filter.states), ...more };
  for (const [name, member] of FILTERS) {
    const values = filter[member];
    const paths = places[name] ?? [];
    if (values === undefined || paths.length === 0) {
      continue;
    }
    if (paths[0] === 'resources') {
      resources.push(...values);
    } else if (paths.length === 1) {
      put(detail, paths[0]!, values);
    } else {
      detail.$or = paths.map((path) => put({}, path, values));
    }
  }
  return {
    source: [BackupEvent.SOURCE],
    'detail-type': [kind.detailType],
    ...(resources.length === 0 ? {} : { resources }),
    ...(Object.keys(detail).length === 0 ? {} : { detail }),
  };
}

/** The states by the member that holds them; alternatives where they do not share one. */
function stateOf(kind: BackupEvent, states: string[] | undefined): Record<string, unknown> {
  const byKey = new Map<string, string[]>();
  for (const state of states ?? []) {
    const key = kind.stateKey(state);
    byKey.set(key, [...(byKey.get(key) ?? []), state]);
  }
  const entries = [...byKey].map(([key, values]) => ({ [key]: values }));
  return entries.length > 1 ? { $or: entries } : { ...entries[0] };
}

function put(detail: Record<string, unknown>, path: string, values: readonly string[]): Record<string, unknown> {
  const [head = '', ...rest] = path.split('.');
  detail[head] =
    rest.length === 0
      ? [...values]
      : put({ ...(detail[head] as Record<string, unknown> | undefined) }, rest.join('.'), values);
  return detail;
}
