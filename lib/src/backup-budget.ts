import {
  BackupBudgetNotification,
  BackupBudgetNotificationType,
  BackupBudgetRules,
  BackupBudgets,
  Waiver,
} from '@holdfast/model';
import * as budgets from 'aws-cdk-lib/aws-budgets';
import * as sns from 'aws-cdk-lib/aws-sns';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { refuse } from './private/refuse';
import { SYNTH } from './private/token-values';
import { allowBudgets } from './private/topic-access';

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
   * Name of the budget, 1 to 100 characters. AWS Budgets replaces a budget whose thresholds or subscribers change, which fails with a
   * name of your own, as it is taken.
   *
   * @default - AWS CloudFormation makes one
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
   * Topic that gets a message. AWS Budgets is allowed to publish there, unless the topic is imported.
   *
   * @default - none
   */
  readonly notificationTopic?: sns.ITopic;

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
}

/**
 * A monthly budget for what backups cost.
 *
 * What AWS Backup manages fully stands on the bill under `AWS Backup`, which is what a budget counts by default. Snapshots of EBS, EC2,
 * RDS, Aurora and others stand under their own service: give the recovery points a tag of their own and name it in `costAllocationTags`.
 */
@propertyInjectable
export class BackupBudget extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.BackupBudget';

  /**
   * Name of the budget.
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
    const wishes = { ...props, notificationTopicArn: props.notificationTopic?.topicArn };
    refuse(this, BackupBudgetRules.checkWishes(wishes, SYNTH), props.waivers);
    const declared = BackupBudgets.declare(wishes);

    const resource = new budgets.CfnBudget(this, 'Resource', {
      budget: {
        budgetName: declared.budgetName,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: declared.monthlyLimitUsd, unit: 'USD' },
        costFilters: BackupBudgets.costFilters(declared),
      },
      notificationsWithSubscribers: (declared.notifications ?? []).map(renderNotification),
      resourceTags: props.tags && Object.entries(props.tags).map(([key, value]) => ({ key, value })),
    });
    this.budgetName = resource.ref;
    if (props.notificationTopic !== undefined) {
      allowBudgets(this, props.notificationTopic);
    }
  }
}

function renderNotification(
  notification: BackupBudgetNotification,
): budgets.CfnBudget.NotificationWithSubscribersProperty {
  const { notificationType, thresholdPercent, emails = [], topicArn } = notification;
  return {
    notification: {
      notificationType,
      comparisonOperator: 'GREATER_THAN',
      threshold: thresholdPercent,
      thresholdType: 'PERCENTAGE',
    },
    subscribers: [
      ...emails.map((address) => ({ subscriptionType: 'EMAIL', address })),
      ...(topicArn === undefined ? [] : [{ subscriptionType: 'SNS', address: topicArn }]),
    ],
  };
}
