/**
 * Budgets of AWS Budgets, whom they notify, and of what.
 *
 * Owns     the budgets by account: AWS Budgets knows no Regions.
 * Units    `…At` are Instants.
 * Source   API of AWS Budgets 2016-10-20.
 * Spec     budgets.md
 */
import type * as sdk from '@aws-sdk/client-budgets';
import type { Instant } from '../kernel/instant';
import { Shelf } from './shelf';
import type { TagMap } from './tags';

export interface BudgetNotification {
  readonly declared: sdk.Notification;
  readonly subscribers: readonly sdk.Subscriber[];
}

export interface Budget {
  readonly name: string;
  declared: sdk.Budget;
  notifications: readonly BudgetNotification[];
  tags: TagMap;
  updatedAt: Instant;
}

export class Budgets {
  private readonly shelf = new Shelf<Budget>();

  tryFind(account: string, name: string): Budget | undefined {
    return this.shelf.tryFind(placeOfAccount(account), name);
  }

  put(account: string, budget: Budget): void {
    this.shelf.put(placeOfAccount(account), budget.name, budget);
  }

  remove(account: string, name: string): void {
    this.shelf.remove(placeOfAccount(account), name);
  }

  list(account: string): Budget[] {
    return this.shelf.list(placeOfAccount(account));
  }
}

/** Two notifications are one when they say the same. Source: API Notification: each is its own key. */
export function isSameNotification(a: sdk.Notification, b: sdk.Notification): boolean {
  return (
    a.NotificationType === b.NotificationType &&
    a.ComparisonOperator === b.ComparisonOperator &&
    a.Threshold === b.Threshold &&
    (a.ThresholdType ?? 'PERCENTAGE') === (b.ThresholdType ?? 'PERCENTAGE')
  );
}

export function isSameSubscriber(a: sdk.Subscriber, b: sdk.Subscriber): boolean {
  return a.SubscriptionType === b.SubscriptionType && a.Address === b.Address;
}

function placeOfAccount(account: string) {
  return { partition: 'aws', account, region: '' };
}
