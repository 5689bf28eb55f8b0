// What reaches the rules of a bus, and what is forwarded to another.
import { createEventBus } from '../../../engine/src/operations/eventbridge/create-event-bus';
import { putPermission } from '../../../engine/src/operations/eventbridge/put-permission';
import { putRule } from '../../../engine/src/operations/eventbridge/put-rule';
import { putTargets } from '../../../engine/src/operations/eventbridge/put-targets';
import { bodies, events, heard, outcomes, queue } from '../scenarios/listeners';
import { ENV, world } from '../scenarios/stage';

const GIVEN = { env: ENV, source: 'own', detailType: 'Done', resources: [], detail: { a: 1 } };

test('a rule that a schedule alone sets off hears of no event', () => {
  const state = world('2027-01-01', {});
  const Arn = queue(state, 'q');
  putRule(state, ENV, { Name: 'hourly', ScheduleExpression: 'rate(1 hour)' });
  putTargets(state, ENV, { Rule: 'hourly', Targets: [{ Id: 'q', Arn }] });
  heard(state, 'all', { source: ['own'] });
  state.services.events.announce(GIVEN);
  expect([bodies(state, 'q'), events(state, 'all').length]).toEqual([[], 1]);
});

test('a bus of the own account needs no policy, and what is forwarded once stays there', () => {
  const state = world('2027-01-01', {});
  const { EventBusArn = '' } = createEventBus(state, ENV, { Name: 'other' });
  putRule(state, ENV, { Name: 'on', EventPattern: JSON.stringify({ source: ['own'] }) });
  putTargets(state, ENV, { Rule: 'on', Targets: [{ Id: 'bus', Arn: EventBusArn }] });
  const Arn = queue(state, 'q');
  putRule(state, ENV, { Name: 'there', EventBusName: 'other', EventPattern: JSON.stringify({ source: ['own'] }) });
  putTargets(state, ENV, { Rule: 'there', EventBusName: 'other', Targets: [{ Id: 'q', Arn }] });
  state.services.events.announce(GIVEN);
  expect(bodies(state, 'q')).toHaveLength(1);
  expect(outcomes(state).every((line) => line.startsWith('arrived '))).toBe(true);
  // A policy that denies it keeps the own account out, too.
  const closed = { Sid: 'closed', Effect: 'Deny', Principal: '*', Action: 'events:PutEvents', Resource: EventBusArn };
  putPermission(state, ENV, { EventBusName: 'other', Policy: JSON.stringify({ Statement: [closed] }) });
  state.services.events.announce(GIVEN);
  expect(bodies(state, 'q')).toHaveLength(1);
});

test('what a service says of itself is no call', () => {
  const state = world('2027-01-01', {});
  heard(state, 'all', { 'detail-type': ['AWS API Call via CloudTrail'] });
  state.ledger.tell({ kind: 'service-event', env: ENV, eventName: 'ReportJobStarted', details: {} });
  expect(events(state, 'all')).toEqual([]);
});

test('a batch of events is sent at its end, each once', () => {
  const state = world('2027-01-01', {});
  state.services.events.batchMinutes = 5;
  heard(state, 'all', { 'detail-type': ['Region Setting State Change'] });
  state.changeSettings({ env: ENV, resourceTypeOptInPreference: { EFS: true } });
  expect(events(state, 'all')).toEqual([]);
  state.runUntil(state.now + 5 * 60_000 + 1);
  expect(events(state, 'all').map(({ time }) => time)).toEqual(['2027-01-01T00:05:00Z']);
});
