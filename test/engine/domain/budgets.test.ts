// Which notifications and subscribers of a budget are one and the same.
import type { Notification, Subscriber } from '@aws-sdk/client-budgets';
import { Budget, Budgets, isSameNotification, isSameSubscriber } from '../../../engine/src/domain/budgets';

const NOTIFICATION: Notification = {
  NotificationType: 'ACTUAL',
  ComparisonOperator: 'GREATER_THAN',
  Threshold: 80,
};

// prettier-ignore
test.each<[Partial<Notification>, boolean]>([
  [{},                                true],
  [{ ThresholdType: 'PERCENTAGE' },   true],
  [{ ThresholdType: 'ABSOLUTE_VALUE' }, false],
  [{ NotificationType: 'FORECASTED' }, false],
  [{ ComparisonOperator: 'LESS_THAN' }, false],
  [{ Threshold: 81 },                 false],
])('a notification with %j is the same: %j', (more, same) => {
  expect(isSameNotification(NOTIFICATION, { ...NOTIFICATION, ...more })).toBe(same);
  expect(isSameNotification({ ...NOTIFICATION, ...more }, NOTIFICATION)).toBe(same);
});

// prettier-ignore
test.each<[Partial<Subscriber>, boolean]>([
  [{},                          true],
  [{ SubscriptionType: 'SNS' }, false],
  [{ Address: 'other' },        false],
])('a subscriber with %j is the same: %j', (more, same) => {
  const subscriber: Subscriber = { SubscriptionType: 'EMAIL', Address: 'one' };
  expect(isSameSubscriber(subscriber, { ...subscriber, ...more })).toBe(same);
});

test('budgets are those of their account', () => {
  const budgets = new Budgets();
  const made = (name: string) => ({ name }) as Budget;
  budgets.put('111122223333', made('b'));
  budgets.put('111122223333', made('a'));
  budgets.put('444455556666', made('c'));
  const names = (account: string) => budgets.list(account).map(({ name }) => name);
  expect([names('111122223333'), names('444455556666')]).toEqual([['a', 'b'], ['c']]);
  budgets.remove('111122223333', 'a');
  expect([budgets.tryFind('111122223333', 'a'), budgets.tryFind('444455556666', 'b')]).toEqual([undefined, undefined]);
  expect(names('111122223333')).toEqual(['b']);
});
