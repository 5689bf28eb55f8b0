// Topics and subscriptions by ARN.
import { Topics } from '../../../engine/src/domain/topics';
import { subscribe } from '../../../engine/src/operations/sns/subscribe';
import { queue, queueNamed, topic } from '../scenarios/listeners';
import { ENV, world } from '../scenarios/stage';

test('a topic whose name ends so is FIFO', () => {
  const topics = new Topics();
  expect(['a.fifo', '.fifo.a', 'a'].map((name) => topics.add(ENV, name).fifo)).toEqual([true, false, false]);
});

test('a subscription is found by its ARN alone, and none on a topic that is not there', () => {
  const state = world('2027-01-01', {});
  const TopicArn = topic(state, 't');
  const arns = ['q', 'r'].map((name) => {
    queue(state, name);
    return subscribe(state, ENV, { TopicArn, Protocol: 'sqs', Endpoint: queueNamed(name) }).SubscriptionArn ?? '';
  });
  const { topics } = state.services.messaging;
  for (const arn of arns) {
    expect(topics.tryFindSubscription(arn)).toMatchObject({ topic: { arn: TopicArn }, subscription: { arn } });
  }
  expect(topics.tryFindSubscription(`${TopicArn}:none`)).toBeUndefined();
  expect(topics.tryFindSubscription('arn:aws:sns:eu-central-1:111122223333:none:one')).toBeUndefined();
});
