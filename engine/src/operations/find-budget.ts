/**
 * What calls to AWS Budgets name.
 *
 * Pure: reads the World.
 * Source   API of AWS Budgets 2016-10-20. The texts are Assumed.
 */
import type * as sdk from '@aws-sdk/client-budgets';
import { BackupBudgetRules } from '@holdfast/model';
import { Budget, BudgetNotification, isSameNotification } from '../domain/budgets';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';

const { NOTIFICATIONS } = BackupBudgetRules;
/** Source: quotas of AWS Budgets: subscribers of a notification. */
const SUBSCRIBERS = 11;

export function findBudget(state: WorldState, caller: Caller, accountId: string | undefined, name: string | undefined) {
  const account = ownAccount(caller, accountId);
  const budget = state.services.budgets.tryFind(account, required(name, 'BudgetName'));
  if (budget === undefined) {
    throw new AwsFault('NotFoundException', `Unable to get budget: ${name} - the budget doesn't exist.`);
  }
  return budget;
}

/** A caller works on the budgets of its own account. */
export function ownAccount(caller: Caller, accountId: string | undefined): string {
  if (required(accountId, 'AccountId') !== caller.account) {
    throw new AwsFault('AccessDeniedException', `Account ${caller.account} is not authorized to access ${accountId}.`);
  }
  return caller.account;
}

export function findNotification(budget: Budget, wanted: sdk.Notification | undefined): BudgetNotification {
  const asked = required(wanted, 'Notification');
  const found = budget.notifications.find(({ declared }) => isSameNotification(declared, asked));
  if (found === undefined) {
    throw new AwsFault('NotFoundException', `Unable to get notification: the notification doesn't exist.`);
  }
  return found;
}

/** The budget has this notification in the place of another; without one it is gone. */
export function replaceNotification(
  budget: Budget,
  before: BudgetNotification,
  after: BudgetNotification | undefined,
): void {
  budget.notifications = budget.notifications.flatMap((one) => (one === before ? (after ?? []) : one));
}

export function addNotification(
  budget: Budget,
  notification: sdk.Notification | undefined,
  subscribers: readonly sdk.Subscriber[] | undefined,
): void {
  const declared = required(notification, 'Notification');
  if (budget.notifications.some((one) => isSameNotification(one.declared, declared))) {
    throw new AwsFault('DuplicateRecordException', 'Unable to create notification: the notification already exists.');
  }
  if (budget.notifications.length >= NOTIFICATIONS) {
    throw new AwsFault(
      'CreationLimitExceededException',
      `Unable to create notification: a budget has at most ${NOTIFICATIONS} notifications.`,
    );
  }
  refuseManySubscribers(subscribers ?? []);
  budget.notifications = [...budget.notifications, { declared, subscribers: subscribers ?? [] }];
}

export function refuseManySubscribers(subscribers: readonly sdk.Subscriber[]): void {
  if (subscribers.length > SUBSCRIBERS) {
    throw new AwsFault(
      'CreationLimitExceededException',
      `Unable to create subscriber: a notification has at most ${SUBSCRIBERS} subscribers.`,
    );
  }
}

export function findTaggedBudget(state: WorldState, caller: Caller, arn: string | undefined): Budget {
  const { partition, account } = caller;
  const prefix = `arn:${partition}:budgets::${account}:budget/`;
  const wanted = required(arn, 'ResourceARN');
  const budget = wanted.startsWith(prefix)
    ? state.services.budgets.tryFind(account, wanted.slice(prefix.length))
    : undefined;
  if (budget === undefined) {
    throw new AwsFault('NotFoundException', `Unable to find resource: ${wanted}.`);
  }
  return budget;
}
