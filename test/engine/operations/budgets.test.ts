import {
  AccessDeniedException,
  BudgetsClient,
  CreateBudgetCommand,
  CreateNotificationCommand,
  CreateSubscriberCommand,
  CreationLimitExceededException,
  DeleteBudgetCommand,
  DeleteNotificationCommand,
  DeleteSubscriberCommand,
  DescribeBudgetCommand,
  DescribeBudgetsCommand,
  DescribeNotificationsForBudgetCommand,
  DescribeSubscribersForNotificationCommand,
  DuplicateRecordException,
  ListTagsForResourceCommand,
  Notification,
  NotFoundException,
  Subscriber,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateBudgetCommand,
  UpdateNotificationCommand,
  UpdateSubscriberCommand,
} from '@aws-sdk/client-budgets';
import { World } from '@holdfast/engine';

const AccountId = '123456789012';
const BudgetName = 'backup';
const Budget = {
  BudgetName,
  BudgetType: 'COST' as const,
  TimeUnit: 'MONTHLY' as const,
  BudgetLimit: { Amount: '100', Unit: 'USD' },
};
const mail = (Address: string): Subscriber => ({ SubscriptionType: 'EMAIL', Address });
const above = (Threshold: number): Notification => ({
  NotificationType: 'ACTUAL',
  ComparisonOperator: 'GREATER_THAN',
  Threshold,
});

function begin(): BudgetsClient {
  return new World({ start: '2027-02-15T12:00:00Z', seed: 1 }).client(BudgetsClient);
}

test('a budget is made with its defaults, changed, listed and deleted', async () => {
  const budgets = begin();
  await budgets.send(new CreateBudgetCommand({ AccountId, Budget, ResourceTags: [{ Key: 'a', Value: '1' }] }));
  const made = await budgets.send(new DescribeBudgetCommand({ AccountId, BudgetName }));
  expect(made.Budget).toMatchObject({
    ...Budget,
    CostTypes: { IncludeTax: true, UseBlended: false },
    TimePeriod: { Start: new Date('2027-02-01'), End: new Date('2087-06-15') },
  });
  const twice = budgets.send(new CreateBudgetCommand({ AccountId, Budget }));
  await expect(twice).rejects.toBeInstanceOf(DuplicateRecordException);
  const NewBudget = { ...Budget, TimeUnit: 'QUARTERLY' as const, BudgetLimit: { Amount: '200', Unit: 'USD' } };
  await budgets.send(new UpdateBudgetCommand({ AccountId, NewBudget }));
  const listed = await budgets.send(new DescribeBudgetsCommand({ AccountId }));
  expect(listed.Budgets).toMatchObject([
    { BudgetLimit: { Amount: '200' }, TimePeriod: { Start: new Date('2027-01-01') } },
  ]);
  const ResourceARN = `arn:aws:budgets::${AccountId}:budget/${BudgetName}`;
  await budgets.send(new TagResourceCommand({ ResourceARN, ResourceTags: [{ Key: 'b', Value: '2' }] }));
  await budgets.send(new UntagResourceCommand({ ResourceARN, ResourceTagKeys: ['a'] }));
  const { ResourceTags } = await budgets.send(new ListTagsForResourceCommand({ ResourceARN }));
  expect(ResourceTags).toEqual([{ Key: 'b', Value: '2' }]);
  await budgets.send(new DeleteBudgetCommand({ AccountId, BudgetName }));
  const gone = budgets.send(new DescribeBudgetCommand({ AccountId, BudgetName }));
  await expect(gone).rejects.toBeInstanceOf(NotFoundException);
  const other = budgets.send(new DescribeBudgetCommand({ AccountId: '444455556666', BudgetName }));
  await expect(other).rejects.toBeInstanceOf(AccessDeniedException);
});

test('notifications and subscribers are each their own key', async () => {
  const budgets = begin();
  const NotificationsWithSubscribers = [{ Notification: above(80), Subscribers: [mail('a@example.com')] }];
  await budgets.send(new CreateBudgetCommand({ AccountId, Budget, NotificationsWithSubscribers }));
  const of = { AccountId, BudgetName };
  await budgets.send(
    new CreateNotificationCommand({ ...of, Notification: above(90), Subscribers: [mail('b@example.com')] }),
  );
  const same = { ...above(90), ThresholdType: 'PERCENTAGE' as const };
  const twice = budgets.send(new CreateNotificationCommand({ ...of, Notification: same, Subscribers: [] }));
  await expect(twice).rejects.toBeInstanceOf(DuplicateRecordException);
  const move = { ...of, OldNotification: above(90), NewNotification: above(95) };
  await budgets.send(new UpdateNotificationCommand(move));
  await expect(budgets.send(new UpdateNotificationCommand(move))).rejects.toBeInstanceOf(NotFoundException);
  const listed = await budgets.send(new DescribeNotificationsForBudgetCommand(of));
  expect(listed.Notifications?.map(({ Threshold }) => Threshold)).toEqual([80, 95]);

  const at = { ...of, Notification: above(95) };
  await budgets.send(new CreateSubscriberCommand({ ...at, Subscriber: mail('c@example.com') }));
  const known = budgets.send(new CreateSubscriberCommand({ ...at, Subscriber: mail('c@example.com') }));
  await expect(known).rejects.toBeInstanceOf(DuplicateRecordException);
  const changed = { ...at, OldSubscriber: mail('b@example.com'), NewSubscriber: mail('d@example.com') };
  await budgets.send(new UpdateSubscriberCommand(changed));
  const { Subscribers } = await budgets.send(new DescribeSubscribersForNotificationCommand(at));
  expect(Subscribers).toEqual([mail('d@example.com'), mail('c@example.com')]);
  await budgets.send(new DeleteSubscriberCommand({ ...at, Subscriber: mail('c@example.com') }));
  await budgets.send(new DeleteSubscriberCommand({ ...at, Subscriber: mail('d@example.com') }));
  // With its last subscriber the notification went, too.
  await expect(budgets.send(new DeleteNotificationCommand(at))).rejects.toBeInstanceOf(NotFoundException);
  await budgets.send(new DeleteNotificationCommand({ ...of, Notification: above(80) }));
  expect((await budgets.send(new DescribeNotificationsForBudgetCommand(of))).Notifications).toEqual([]);
});

test('a budget has ten notifications, and a notification eleven subscribers', async () => {
  const budgets = begin();
  await budgets.send(new CreateBudgetCommand({ AccountId, Budget }));
  const make = (threshold: number, count: number) =>
    budgets.send(
      new CreateNotificationCommand({
        ...{ AccountId, BudgetName, Notification: above(threshold) },
        Subscribers: Array.from({ length: count }, (_, index) => mail(`${index}@example.com`)),
      }),
    );
  await expect(make(1, 12)).rejects.toBeInstanceOf(CreationLimitExceededException);
  await make(1, 11);
  for (let threshold = 2; threshold <= 10; threshold++) {
    await make(threshold, 1);
  }
  await expect(make(11, 1)).rejects.toBeInstanceOf(CreationLimitExceededException);
});
