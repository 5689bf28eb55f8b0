import { Finding, IValueProbe } from './finding';
import { at, found } from './private/found';
import { absent, lengthOf, members, readable, shown } from './private/reading';
import { BUDGET_RULES } from './private/tables/monitoring';

/**
 * When a budget speaks.
 */
export enum BackupBudgetNotificationType {
  /**
   * So much was spent.
   */
  ACTUAL = 'ACTUAL',

  /**
   * So much will have been spent at the end of the month, AWS thinks.
   */
  FORECASTED = 'FORECASTED',
}

/**
 * A notification of a budget.
 */
export interface BackupBudgetNotification {
  /**
   * Of what was spent, or of what will be.
   */
  readonly notificationType: BackupBudgetNotificationType;

  /**
   * From which part of the limit on it speaks, in percent.
   */
  readonly thresholdPercent: number;

  /**
   * Addresses that get an e-mail, at most 10.
   *
   * @default - none
   */
  readonly emails?: string[];

  /**
   * ARN of the topic that gets a message.
   *
   * @default - none
   */
  readonly topicArn?: string;
}

/**
 * A monthly budget for backups. What it is narrowed by is all asked (AND); the values of one are alternatives (OR).
 *
 * Where a backup stands on the bill decides what a budget sees. The services that AWS Backup manages fully, and everything in
 * a logically air-gapped vault, stand under the service `AWS Backup`. Snapshots of EBS, EC2, RDS, Aurora and the like stand under
 * their own service beside everything else of it: only a tag that the recovery points alone have (`recoveryPointTags` of a rule)
 * tells them apart.
 *
 * Source B16.1/1 to B16.1/3.
 */
export interface BackupBudget {
  /**
   * Name of the budget, 1 to 100 characters.
   *
   * @default - the framework makes one
   */
  readonly budgetName?: string;

  /**
   * What may be spent in a month, in US dollars.
   */
  readonly monthlyLimitUsd: number;

  /**
   * Services as the bill names them, e.g. `AWS Backup`.
   *
   * @default - every service
   */
  readonly services?: string[];

  /**
   * Usage types as the bill names them, e.g. `USE1-WarmStorage-ByteHrs-EFS`.
   *
   * @default - every usage type
   */
  readonly usageTypes?: string[];

  /**
   * Cost allocation tags: values by key.
   *
   * @default - whatever the tags
   */
  readonly tags?: { [key: string]: string[] };

  /**
   * Accounts, where the one that pays for several watches.
   *
   * @default - every account that the budget sees
   */
  readonly accounts?: string[];

  /**
   * Regions, e.g. `eu-central-1`.
   *
   * @default - every Region
   */
  readonly regions?: string[];

  /**
   * When it speaks, and to whom.
   *
   * @default - never
   */
  readonly notifications?: BackupBudgetNotification[];
}

/**
 * From which part of the limit on a budget speaks.
 */
export interface BackupBudgetLimitPart {
  /**
   * Of what was spent, or of what will be.
   */
  readonly notificationType: BackupBudgetNotificationType;

  /**
   * The part of the limit, in percent.
   */
  readonly percent: number;
}

/**
 * What a construct is told of a budget, whose notifications all go to the same addresses.
 */
export interface BackupBudgetWishes {
  /**
   * Name of the budget.
   *
   * @default - the framework makes one
   */
  readonly budgetName?: string;

  /**
   * What may be spent in a month, in US dollars.
   */
  readonly monthlyLimitUsd: number;

  /**
   * Services as the bill names them.
   *
   * @default - `AWS Backup`; with `costAllocationTags` or `usageTypes` every service
   */
  readonly services?: string[];

  /**
   * Usage types as the bill names them.
   *
   * @default - every usage type
   */
  readonly usageTypes?: string[];

  /**
   * Cost allocation tags: values by key.
   *
   * @default - whatever the tags
   */
  readonly costAllocationTags?: { [key: string]: string[] };

  /**
   * Accounts.
   *
   * @default - every account that the budget sees
   */
  readonly accounts?: string[];

  /**
   * Regions.
   *
   * @default - every Region
   */
  readonly regions?: string[];

  /**
   * From what on it speaks.
   *
   * @default - 80 % and 100 % spent, 100 % forecasted
   */
  readonly thresholds?: BackupBudgetLimitPart[];

  /**
   * Addresses that get an e-mail.
   *
   * @default - none
   */
  readonly emails?: string[];

  /**
   * ARN of the topic that gets a message.
   *
   * @default - none
   */
  readonly notificationTopicArn?: string;
}

/** From what on a budget speaks, unless told otherwise. */
const THRESHOLDS: readonly BackupBudgetLimitPart[] = [
  { notificationType: BackupBudgetNotificationType.ACTUAL, percent: 80 },
  { notificationType: BackupBudgetNotificationType.ACTUAL, percent: 100 },
  { notificationType: BackupBudgetNotificationType.FORECASTED, percent: 100 },
];

/** Members of a declaration, and what they are among the wishes. */
const WISHES: readonly (readonly [path: RegExp, wish: string])[] = [
  [/^tags/, 'costAllocationTags'],
  [/^notifications\[(\d+)\]\.thresholdPercent/, 'thresholds[$1].percent'],
  [/^notifications\[\d+\]\.emails/, 'emails'],
  [/^notifications/, 'thresholds'],
];

/**
 * Budgets in the form of AWS Budgets.
 */
export class BackupBudgets {
  /**
   * Name on the bill of what AWS Backup charges itself.
   */
  public static readonly SERVICE = 'AWS Backup';

  /**
   * The budget that comes of wishes, with every default.
   *
   * @param wishes what is wanted
   */
  public static declare(wishes: BackupBudgetWishes): BackupBudget {
    const { costAllocationTags, usageTypes, emails, notificationTopicArn, thresholds = THRESHOLDS } = wishes;
    const narrowed = costAllocationTags !== undefined || usageTypes !== undefined;
    return {
      budgetName: wishes.budgetName,
      monthlyLimitUsd: wishes.monthlyLimitUsd,
      services: wishes.services ?? (narrowed ? undefined : [BackupBudgets.SERVICE]),
      usageTypes,
      tags: costAllocationTags,
      accounts: wishes.accounts,
      regions: wishes.regions,
      notifications: thresholds.map(({ notificationType, percent }) => ({
        notificationType,
        thresholdPercent: percent,
        emails,
        topicArn: notificationTopicArn,
      })),
    };
  }

  /**
   * What the budget is narrowed by, as `CostFilters`.
   *
   * @param budget the declaration
   */
  public static costFilters(budget: BackupBudget): { [name: string]: string[] } {
    const tags = Object.entries(budget.tags ?? {}).flatMap(([key, values]) =>
      values.map((value) => `${key.startsWith('aws:') ? key : `user:${key}`}$${value}`),
    );
    const filters = {
      Service: budget.services,
      UsageType: budget.usageTypes,
      TagKeyValue: tags.length === 0 ? undefined : tags,
      LinkedAccount: budget.accounts,
      Region: budget.regions,
    };
    return Object.fromEntries(
      Object.entries(filters).filter((entry): entry is [string, string[]] => entry[1] !== undefined),
    );
  }

  private constructor() {}
}

/**
 * What AWS Budgets refuses, and what makes a budget count something else than one thinks.
 */
export class BackupBudgetRules {
  /**
   * Notifications of one budget (Source quotas of AWS Budgets).
   */
  public static readonly NOTIFICATIONS = 10;

  /**
   * What the rules find. Never throws.
   *
   * @param budget the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(budget: BackupBudget, path: string, probe: IValueProbe): Finding[] {
    const findings: Finding[] = [];
    const { budgetName: name, monthlyLimitUsd: limit, services, usageTypes, tags } = budget;
    if (readable(name, probe) && (!/^[^:\\]{1,100}$/.test(name) || name.includes('/action/'))) {
      const given = name.length > 100 ? `${name.length} characters: ${name}` : shown(name);
      findings.push(found(BUDGET_RULES.name, at(path, 'budgetName'), given));
    }
    if (absent(limit) || (probe.known(limit) && !(limit > 0 && limit < Infinity))) {
      findings.push(found(BUDGET_RULES.limit, at(path, 'monthlyLimitUsd'), shown(limit)));
    }
    const keys = Object.keys(tags ?? {});
    if (![services, usageTypes].some((one) => lengthOf(one, probe) !== 0 && !absent(one)) && keys.length === 0) {
      findings.push(found(BUDGET_RULES.scope, at(path, 'services'), 'none'));
    }
    if (keys.length > 0) {
      findings.push(...checkTags(tags!, at(path, 'tags'), probe));
    }
    return [...findings, ...checkNotifications(budget, path, probe)];
  }

  /**
   * What the rules find in the budget that comes of wishes, at the paths of these. Never throws.
   *
   * @param wishes what is wanted
   * @param probe tells which values are known now
   */
  public static checkWishes(wishes: BackupBudgetWishes, probe: IValueProbe): Finding[] {
    const findings = BackupBudgetRules.check(BackupBudgets.declare(wishes), '', probe).map((finding) => ({
      ...finding,
      path: wishOf(finding.path),
    }));
    // What is said of the addresses of one notification holds for all, which share them.
    const said = findings.map(({ rule, path }) => `${rule} ${path}`);
    return findings.filter((_, index) => said.indexOf(said[index]!) === index);
  }

  private constructor() {}
}

function wishOf(path: string): string {
  const [member, wish] = WISHES.find(([one]) => one.test(path)) ?? [/^/, ''];
  return path.replace(member, wish);
}

function checkTags(tags: { [key: string]: string[] }, path: string, probe: IValueProbe): Finding[] {
  const findings = [found(BUDGET_RULES.activation, path, Object.keys(tags).join(', '))];
  for (const [key, values] of Object.entries(tags)) {
    const long = members(values, probe).filter(([, value]) => value.length > 256);
    if (probe.known(key) && (key.length < 1 || key.length > 128)) {
      findings.push(found(BUDGET_RULES.tag, path, `a key of ${key.length} characters`));
    }
    if (long.length > 0) {
      findings.push(found(BUDGET_RULES.tag, at(path, key), `a value of ${long[0]![1].length} characters`));
    }
    if (lengthOf(values, probe) === 0) {
      findings.push(found(BUDGET_RULES.noTagValue, at(path, key), '0'));
    }
  }
  return findings;
}

function checkNotifications(budget: BackupBudget, path: string, probe: IValueProbe): Finding[] {
  const all = budget.notifications ?? [];
  const place = at(path, 'notifications');
  const findings: Finding[] = [];
  if (all.length === 0) {
    findings.push(found(BUDGET_RULES.silent, place, '0'));
  }
  if (all.length > BackupBudgetRules.NOTIFICATIONS) {
    findings.push(found(BUDGET_RULES.notifications, place, String(all.length)));
  }
  const seen = new Set<string>();
  all.forEach((notification, index) => {
    const { notificationType, thresholdPercent: percent } = notification;
    const identity = `${percent} % ${notificationType}`;
    if (probe.known(percent) && seen.has(identity)) {
      findings.push(found(BUDGET_RULES.repeated, at(place, index), identity));
    }
    seen.add(identity);
    findings.push(...checkNotification(notification, at(place, index), probe));
  });
  return findings;
}

function checkNotification(notification: BackupBudgetNotification, path: string, probe: IValueProbe): Finding[] {
  const { thresholdPercent: percent, emails, topicArn } = notification;
  const findings: Finding[] = [];
  if (probe.known(percent) && !(percent > 0 && percent <= 1_000_000)) {
    findings.push(found(BUDGET_RULES.threshold, at(path, 'thresholdPercent'), `${shown(percent)} %`));
  }
  const addresses = lengthOf(emails ?? [], probe);
  if (addresses === 0 && absent(topicArn)) {
    findings.push(found(BUDGET_RULES.subscribers, at(path, 'emails'), '0'));
  }
  if (addresses !== undefined && addresses > 10) {
    findings.push(found(BUDGET_RULES.emails, at(path, 'emails'), String(addresses)));
  }
  for (const [index, address] of members(emails, probe).filter(([, one]) => !/^[^@\s]+@[^@\s]+$/.test(one))) {
    findings.push(found(BUDGET_RULES.email, at(at(path, 'emails'), index), shown(address)));
  }
  return findings;
}
