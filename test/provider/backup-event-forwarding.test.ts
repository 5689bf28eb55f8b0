import * as cdk from '@holdfast/cdk';
import { BackupEventBus, BackupEventBusProps, BackupEventForwarding } from '@holdfast/cdktf';
import { BackupApiCall, BackupEvent } from '@holdfast/model';
import { Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { App, Stack } from 'aws-cdk-lib/core';
import { addresses, all, message, only, refusal, sentence, stackOf, variables } from './support/stacks';

const BUS = 'arn:aws:events:eu-central-1:444455556666:event-bus/backups';
const QUEUE = 'arn:aws:sqs:eu-central-1:111122223333:undelivered';
const RULE = 'aws_cloudwatch_event_rule';
const TARGET = 'aws_cloudwatch_event_target';

function statementsOf(props: BackupEventBusProps): unknown {
  const stack = stackOf();
  new BackupEventBus(stack, 'Bus', props);
  return (JSON.parse(only(stack, 'aws_cloudwatch_event_bus_policy').policy as string) as { Statement: unknown })
    .Statement;
}

test('forwards every kind of event by a role that can do nothing else', () => {
  const stack = stackOf();
  new BackupEventForwarding(stack, 'Forwarding', { eventBusArn: BUS });
  const lib = new Stack(new App(), 'S');
  new cdk.BackupEventForwarding(lib, 'Forwarding', { eventBus: EventBus.fromEventBusArn(lib, 'B', BUS) });
  Template.fromStack(lib).hasResourceProperties('AWS::Events::Rule', {
    EventPattern: JSON.parse(only(stack, RULE).event_pattern as string) as object,
  });
  expect(only(stack, TARGET)).toMatchObject({ arn: BUS, role_arn: expect.stringContaining('aws_iam_role') as string });
  expect(only(stack, 'aws_iam_policy').policy).toContain(
    JSON.stringify([{ Effect: 'Allow', Action: 'events:PutEvents', Resource: BUS }]),
  );
  expect(only(stack, 'aws_iam_role').assume_role_policy).toContain('"aws:SourceAccount":"111122223333"');
});

test('forwards the kinds, calls and undelivered events that were asked for', () => {
  const stack = stackOf();
  const tags = { owner: 'platform' };
  new BackupEventForwarding(stack, 'Forwarding', {
    eventBusArn: BUS,
    kinds: [BackupEvent.VAULT],
    apiCalls: [BackupApiCall.VAULT_LOCK],
    deadLetterQueueArn: QUEUE,
    tags,
  });
  expect(all(stack, RULE).map((rule) => rule.tags)).toEqual([tags, tags]);
  expect(all(stack, TARGET).map((target) => target.dead_letter_config)).toEqual([{ arn: QUEUE }, { arn: QUEUE }]);
});

test('fails where nothing would be forwarded, in the words of lib', () => {
  const ours = refusal(() => new BackupEventForwarding(stackOf(), 'F', { eventBusArn: BUS, kinds: [], apiCalls: [] }));
  const lib = new Stack(new App(), 'S');
  const eventBus = EventBus.fromEventBusArn(lib, 'B', BUS);
  expect(ours).toBe(refusal(() => new cdk.BackupEventForwarding(lib, 'F', { eventBus, kinds: [], apiCalls: [] })));
});

test('the bus takes events of AWS Backup alone, of an organization and of accounts', () => {
  expect(statementsOf({ organizationId: 'o-abcdefghij', accounts: ['444455556666'] })).toEqual([
    expect.objectContaining({
      Sid: 'AllowOrganization',
      Principal: '*',
      Action: 'events:PutEvents',
      Condition: { StringEquals: { 'events:source': 'aws.backup', 'aws:PrincipalOrgID': 'o-abcdefghij' } },
    }),
    expect.objectContaining({
      Sid: 'AllowAccounts',
      Principal: { AWS: ['arn:aws:iam::444455556666:root'] },
      Condition: { StringEquals: { 'events:source': 'aws.backup' } },
    }),
  ]);
});

test('the bus is called as its path unless it has a name', () => {
  const stack = stackOf();
  new BackupEventBus(stack, 'Bus', { accounts: ['444455556666'] });
  expect(only(stack, 'aws_cloudwatch_event_bus').name).toBe('S-Bus');
  const named = stackOf();
  new BackupEventBus(named, 'Bus', { accounts: ['444455556666'], eventBusName: 'backups', tags: { a: 'b' } });
  expect(only(named, 'aws_cloudwatch_event_bus')).toMatchObject({ name: 'backups', tags: { a: 'b' } });
});

test('fails where no event could arrive, in the words of lib', () => {
  const ours = refusal(() => new BackupEventBus(stackOf(), 'Bus', {}));
  expect(ours).toBe(refusal(() => new cdk.BackupEventBus(new Stack(new App(), 'S'), 'Bus', {})));
});

test('fails for what is no organization and no account, saying each', () => {
  const refused = { organizationId: 'r-abcd', accounts: ['1234'] };
  expect(refusal(() => new BackupEventBus(stackOf(), 'Bus', refused))).toBe(
    message('S/Bus', [
      sentence('event-bus-sender', 'accounts[0]', '1234'),
      sentence('event-bus-sender', 'organizationId', 'r-abcd'),
    ]),
  );
});

test('takes buses, organizations, accounts and queues that Terraform alone knows', () => {
  const stack = stackOf();
  const { text, list } = variables(stack);
  new BackupEventForwarding(stack, 'Forwarding', { eventBusArn: text('bus'), deadLetterQueueArn: text('queue') });
  new BackupEventBus(stack, 'Bus', { organizationId: text('organization'), accounts: list('accounts') });
  expect(only(stack, TARGET)).toMatchObject({ arn: '${var.bus}', dead_letter_config: { arn: '${var.queue}' } });
  expect(only(stack, 'aws_iam_policy').policy).toContain('"Resource":"${var.bus}"');
  const { policy } = only(stack, 'aws_cloudwatch_event_bus_policy');
  expect(policy).toContain('jsonencode(');
  expect(policy).toContain('"AWS" = var.accounts');
  expect(policy).toContain('"aws:PrincipalOrgID" = var.organization');
});

test('forwarding and the bus have fixed addresses', () => {
  const stack = stackOf();
  new BackupEventForwarding(stack, 'Forwarding', { eventBusArn: BUS, apiCalls: [BackupApiCall.VAULT_LOCK] });
  new BackupEventBus(stack, 'Bus', { accounts: ['444455556666'] });
  expect(addresses(stack)).toEqual([
    'aws_cloudwatch_event_bus.Bus_EA82B648',
    'aws_cloudwatch_event_bus_policy.Bus_Policy_0B0F98FA',
    'aws_cloudwatch_event_rule.Forwarding_ApiCalls_C68A7757',
    'aws_cloudwatch_event_rule.Forwarding_Rule_56C1AA78',
    'aws_cloudwatch_event_target.Forwarding_ApiCallsTarget_1671D8D2',
    'aws_cloudwatch_event_target.Forwarding_RuleTarget_FFE00438',
    'aws_iam_policy.Forwarding_Policy_A1FBFCFA',
    'aws_iam_role.Forwarding_Role_FFEA55CA',
    'aws_iam_role_policy_attachment.Forwarding_PolicyOfRole_BEC57352',
  ]);
});
