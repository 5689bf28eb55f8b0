// Which rules of a bus could be for an event, before the event is made.
import { EventBuses, EventRule } from '../../../engine/src/domain/event-buses';
import { putRule } from '../../../engine/src/operations/eventbridge/put-rule';
import { createEventBus } from '../../../engine/src/operations/eventbridge/create-event-bus';
import { putEvents } from '../../../engine/src/operations/eventbridge/put-events';
import { putTargets } from '../../../engine/src/operations/eventbridge/put-targets';
import { events, queue, queueNamed } from '../scenarios/listeners';
import { ENV, world } from '../scenarios/stage';

const ELSEWHERE = { ...ENV, region: 'us-east-1' };

function ruleFor(pattern: object | undefined, more: object = {}, targets = 1): EventRule {
  const eventPattern = pattern === undefined ? undefined : JSON.stringify(pattern);
  const description = { name: 'r', enabled: true, eventPattern, ...more };
  const rule = new EventRule('arn:r', description as unknown as ConstructorParameters<typeof EventRule>[1], 0);
  for (let index = 0; index < targets; index++) {
    rule.targets.set(`${index}`, { arn: 'arn:t' } as never);
  }
  return rule;
}

// prettier-ignore
test.each<[may: boolean, what: string, rule: EventRule, state?: string]>([
  [true,  'wants everything of a source',    ruleFor({ source: ['aws.backup'] })],
  [false, 'wants another source',            ruleFor({ source: ['aws.ec2'] })],
  [true,  'wants one of many',               ruleFor({ source: ['aws.ec2', 'aws.backup'] })],
  [true,  'wants what an operator may be',   ruleFor({ source: [{ prefix: 'aws.' }] })],
  [false, 'wants another kind',              ruleFor({ source: ['aws.backup'], 'detail-type': ['Copy Job State Change'] })],
  [true,  'wants this kind',                 ruleFor({ 'detail-type': ['Backup Job State Change'] })],
  [true,  'wants this state',                ruleFor({ detail: { state: ['FAILED'] } }), 'FAILED'],
  [false, 'wants another state',             ruleFor({ detail: { state: ['FAILED'] } }), 'RUNNING'],
  [true,  'wants a state that is not known', ruleFor({ detail: { state: ['FAILED'] } })],
  [true,  'wants no state in particular',    ruleFor({ detail: { backupVaultName: ['x'] } }), 'RUNNING'],
  [false, 'is disabled',                     ruleFor({ source: ['aws.backup'] }, { enabled: false })],
  [false, 'has no target',                   ruleFor({ source: ['aws.backup'] }, {}, 0)],
  [false, 'has a schedule instead',          ruleFor(undefined)],
])('an event may be (%p) for a rule that %s', (...[may, , rule, state]) => {
  expect(rule.mayMatch('aws.backup', 'Backup Job State Change', state)).toBe(may);
  const bus = new EventBuses().add(ENV, 'b');
  bus.rules.set('other', ruleFor({ source: ['never'] }));
  bus.rules.set('r', rule);
  expect(bus.mayWant('aws.backup', 'Backup Job State Change', state)).toBe(may);
});

test('the default bus of a place is one, there from the start, and the others stand beside it', () => {
  const buses = new EventBuses();
  const first = buses.defaultOf(ENV);
  expect(buses.defaultOf(ENV)).toBe(first);
  expect(buses.defaultOf({ ...ENV })).toBe(first);
  expect(buses.tryFind(ENV, 'default')).toBe(first);
  expect(buses.tryFind(ELSEWHERE, first.arn)).toBe(first);
  expect(buses.tryFind(ENV, 'none')).toBeUndefined();
  const own = buses.add(ENV, 'central');
  expect(buses.at(ENV).map(({ name }) => name)).toEqual(['central', 'default']);
  expect(buses.at(ELSEWHERE)).toMatchObject([{ name: 'default', env: ELSEWHERE }]);
  buses.remove(own);
  expect(buses.at(ENV)).toEqual([first]);
});

test('rules are asked by name, and each match is counted by rule, and by bus unless it is the default one', () => {
  const state = world('2027-01-01', {});
  createEventBus(state, ENV, { Name: 'own' });
  const Target = [{ Id: 't', Arn: queue(state, 'q') }];
  for (const EventBusName of ['default', 'own']) {
    for (const Name of ['b', 'a']) {
      putRule(state, ENV, { Name, EventBusName, EventPattern: JSON.stringify({ source: ['mine'] }) });
      putTargets(state, ENV, { Rule: Name, EventBusName, Targets: Target });
    }
  }
  const Entries = ['default', 'own'].map((EventBusName) => ({
    EventBusName,
    Source: 'mine',
    DetailType: 'd',
    Detail: '{}',
  }));
  putEvents(state, ENV, { Entries });
  expect(events(state, 'q')).toHaveLength(4);
  expect(state.services.messaging.deliveries.list().map(({ from }) => from.split(':rule/')[1])).toEqual([
    ...['a', 'b', 'own/a', 'own/b'],
  ]);
  const counted = state.services.metrics.list(ENV).filter(({ name }) => name === 'TriggeredRules');
  expect(counted.map(({ dimensions }) => dimensions)).toEqual([
    ...[{ RuleName: 'a' }, { RuleName: 'b' }],
    ...[
      { RuleName: 'a', EventBusName: 'own' },
      { RuleName: 'b', EventBusName: 'own' },
    ],
  ]);
});

test('an event that another bus does not take goes to the dead-letter queue as it is', () => {
  const state = world('2027-01-01', {});
  queue(state, 'dead');
  putRule(state, ENV, { Name: 'r', EventPattern: JSON.stringify({ source: ['mine'] }) });
  const Arn = `arn:aws:events:${ENV.region}:${ENV.account}:event-bus/none`;
  putTargets(state, ENV, { Rule: 'r', Targets: [{ Id: 't', Arn, DeadLetterConfig: { Arn: queueNamed('dead') } }] });
  putEvents(state, ENV, { Entries: [{ Source: 'mine', DetailType: 'd', Detail: '{"a":1}' }] });
  expect(events(state, 'dead')).toMatchObject([{ source: 'mine', detail: { a: 1 } }]);
});

test('a bus of the same account takes what is forwarded to it without a policy', () => {
  const state = world('2027-01-01', {});
  createEventBus(state, ELSEWHERE, { Name: 'central' });
  queue(state, 'q');
  putRule(state, ENV, { Name: 'r', EventPattern: JSON.stringify({ source: ['mine'] }) });
  const Arn = `arn:aws:events:${ELSEWHERE.region}:${ENV.account}:event-bus/central`;
  putTargets(state, ENV, { Rule: 'r', Targets: [{ Id: 't', Arn }] });
  putRule(state, ELSEWHERE, { Name: 's', EventBusName: 'central', EventPattern: JSON.stringify({ source: ['mine'] }) });
  putTargets(state, ELSEWHERE, { Rule: 's', EventBusName: 'central', Targets: [{ Id: 't', Arn: queueNamed('q') }] });
  const bus = state.services.events.buses.tryFind(ELSEWHERE, 'central')!;
  bus.policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  putEvents(state, ENV, { Entries: [{ Source: 'mine', DetailType: 'd', Detail: '{}' }] });
  expect(events(state, 'q')).toHaveLength(1);
});
