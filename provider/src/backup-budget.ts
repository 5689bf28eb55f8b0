import { BudgetsBudget, BudgetsBudgetNotification } from '@cdktf/provider-aws/lib/budgets-budget';
import {
  BackupBudgetNotification,
  BackupBudgetNotificationType,
  BackupBudgetRules,
  BackupBudgets,
  Waiver,
} from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { annotateTemplate, refuse } from './private/refuse';
import { SYNTH } from './private/token-values';

/**
 * From what on a `BackupBudget` speaks.
 */
export interface BackupBudgetThreshold {
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
 * Properties of a `BackupBudget`.
 */
export interface BackupBudgetProps {
  /**
   * What may be spent on backups in a month, in US dollars.
   */
  readonly monthlyLimitUsd: number;

  /**
   * Name of the budget, 1 to 100 characters. Cannot be changed later.
   *
   * @default - Terraform makes one
   */
  readonly budgetName?: string;

  /**
   * Services as the bill names them.
   *
   * @default - `AWS Backup` (what it manages fully, and all in logically air-gapped vaults); with `costAllocationTags` or
   * `usageTypes` every service
   */
  readonly services?: string[];

  /**
   * Usage types as the bill names them, e.g. `EUC1-EBS:SnapshotUsage`.
   *
   * @default - every usage type
   */
  readonly usageTypes?: string[];

  /**
   * Cost allocation tags: values by key. They count once the account that pays has activated them.
   *
   * Take a tag that recovery points alone have, by `recoveryPointTags` of the rules of a plan: a tag that the resources have, too, counts
   * the resources with their backups.
   *
   * @default - whatever the tags
   */
  readonly costAllocationTags?: { [key: string]: string[] };

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
   * From what on it speaks, at most 10.
   *
   * @default - 80 % and 100 % spent, 100 % forecasted
   */
  readonly thresholds?: BackupBudgetThreshold[];

  /**
   * Addresses that get an e-mail, at most 10.
   *
   * @default - none
   */
  readonly emails?: string[];

  /**
   * ARN of a topic that gets a message. Its policy must let `budgets.amazonaws.com` publish, as that of an `AlertTopic` does: a topic
   * has one policy, which is its owner's.
   *
   * @default - none
   */
  readonly notificationTopicArn?: string;

  /**
   * Tags of the budget.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Findings that are accepted, each with the reason.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];

  /**
   * The provider that makes the resources.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * A monthly budget for what backups cost.
 *
 * What AWS Backup manages fully stands on the bill under `AWS Backup`, which is what a budget counts by default. Snapshots of EBS, EC2,
 * RDS, Aurora and others stand under their own service: give the recovery points a tag of their own and name it in `costAllocationTags`.
 */
export class BackupBudget extends Construct {
  /**
   * The budget.
   */
  public readonly budget: BudgetsBudget;

  /**
   * Name of the budget, as a reference.
   */
  public readonly budgetName: string;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Budgets would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: BackupBudgetProps) {
    super(scope, id);
    refuse(this, BackupBudgetRules.checkWishes(props, SYNTH), props.waivers);
    const declared = BackupBudgets.declare(props);

    this.budget = new BudgetsBudget(this, 'Resource', {
      name: declared.budgetName,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      limitAmount: `${declared.monthlyLimitUsd}`,
      limitUnit: 'USD',
      costFilter: Object.entries(BackupBudgets.costFilters(declared)).map(([name, values]) => ({ name, values })),
      notification: (declared.notifications ?? []).map(renderNotification),
      tags: props.tags,
      provider: props.provider,
    });
    this.budgetName = this.budget.name;
    annotateTemplate(this.budget, props.waivers);
  }
}

function renderNotification(notification: BackupBudgetNotification): BudgetsBudgetNotification {
  const { notificationType, thresholdPercent, emails, topicArn } = notification;
  return {
    notificationType,
    comparisonOperator: 'GREATER_THAN',
    threshold: thresholdPercent,
    thresholdType: 'PERCENTAGE',
    subscriberEmailAddresses: emails,
    subscriberSnsTopicArns: topicArn === undefined ? undefined : [topicArn],
  };
}
