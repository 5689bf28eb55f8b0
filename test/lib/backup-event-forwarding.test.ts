import { BackupEventBus, BackupEventForwarding } from '@holdfast/cdk';
import { BackupApiCall, BackupEvent } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { HAPPENED, Happened } from '../support/backup-events';
import { matchesPattern } from '../../engine/src/domain/event-pattern';
import { cfnLint, naggedStack, nagFindings } from './support/scans';
import { refusal, stackOf } from './support/stacks';

const RULE = 'AWS::Events::Rule';
const CENTRAL = 'arn:aws:events:eu-west-1:444455556666:event-bus/backups';

function busOf(stack: Stack): events.IEventBus {
  return events.EventBus.fromEventBusArn(stack, 'Bus', CENTRAL);
}

function forwarded(rule: { Properties: Record<string, unknown> }): string[] {
  const pattern = rule.Properties.EventPattern as Record<string, unknown>;
  return Object.keys(HAPPENED).filter((name) => matchesPattern(pattern, HAPPENED[name as Happened]));
}

test('forwards every kind of event to the bus, as a role that can do nothing else', () => {
  const stack = stackOf();
  const made = new BackupEventForwarding(stack, 'Forwarding', { eventBus: busOf(stack) });
  const template = Template.fromStack(stack);
  const [rule] = Object.values(template.findResources(RULE));
  const own = Object.keys(HAPPENED).filter((name) => {
    const happened = HAPPENED[name as Happened];
    return happened['detail-type'] !== 'AWS API Call via CloudTrail' && happened.source === 'aws.backup';
  });
  expect(forwarded(rule as never)).toEqual(own);
  expect(rule!.Properties.Targets).toEqual([
    { Id: 'Target0', Arn: CENTRAL, RoleArn: { 'Fn::GetAtt': ['ForwardingRole434B212C', 'Arn'] } },
  ]);
  expect(made.apiCallsRule).toBeUndefined();
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        },
      ],
    },
  });
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: { Statement: [{ Action: 'events:PutEvents', Effect: 'Allow', Resource: CENTRAL }] },
  });
});

test('forwards the kinds and calls that were asked for', () => {
  const stack = stackOf();
  const made = new BackupEventForwarding(stack, 'Forwarding', {
    eventBus: busOf(stack),
    kinds: [BackupEvent.COPY_JOB, BackupEvent.VAULT],
    apiCalls: [BackupApiCall.VAULT_LOCK],
  });
  expect(made.apiCallsRule?.node.id).toBe('ApiCalls');
  const [rule, apiCalls] = Object.values(Template.fromStack(stack).findResources(RULE));
  expect(forwarded(rule as never).every((name) => /^(copy job|vault)/.test(name))).toBe(true);
  expect(forwarded(rule as never)).toHaveLength(8);
  expect(forwarded(apiCalls as never)).toEqual(['lock put', 'lock removed', 'lock removal denied']);
});

test('keeps what the bus did not take in a queue', () => {
  const stack = stackOf();
  const deadLetterQueue = new sqs.Queue(stack, 'Queue');
  new BackupEventForwarding(stack, 'Forwarding', { eventBus: busOf(stack), deadLetterQueue });
  Template.fromStack(stack).hasResourceProperties(RULE, {
    Targets: [{ DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Queue'), 'Arn'] } } }],
  });
});

// prettier-ignore
test.each([
  ['kinds',    { kinds: [] }],
  ['apiCalls', { apiCalls: [] }],
])('fails without any %s', (member, props) => {
  const stack = stackOf();
  const declare = () => new BackupEventForwarding(stack, 'Forwarding', { eventBus: busOf(stack), ...props });
  expect(refusal(declare)).toContain(`  ${member} must be at least one value, or left out, got 0 [event-filter-empty] (`);
});

describe('the bus', () => {
  test('lets an organization and accounts in, with events of AWS Backup alone', () => {
    const stack = stackOf();
    new BackupEventBus(stack, 'Central', {
      eventBusName: 'backups',
      organizationId: 'o-abcdefghij',
      accounts: ['444455556666'],
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Events::EventBus', { Name: 'backups' });
    const policies = Object.values(template.findResources('AWS::Events::EventBusPolicy'));
    const source = { 'events:source': 'aws.backup' };
    expect(policies.map(({ Properties }) => Properties.Statement)).toEqual([
      expect.objectContaining({
        Sid: 'cdk-AllowOrganization',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'events:PutEvents',
        Condition: { StringEquals: { ...source, 'aws:PrincipalOrgID': 'o-abcdefghij' } },
      }),
      expect.objectContaining({ Sid: 'cdk-AllowAccounts', Effect: 'Allow', Condition: { StringEquals: source } }),
    ]);
  });

  test('takes tokens', () => {
    const stack = stackOf();
    const text = (id: string) => new CfnParameter(stack, id).valueAsString;
    new BackupEventBus(stack, 'Central', {
      eventBusName: text('Name'),
      organizationId: text('Organization'),
      accounts: [text('Account')],
    });
    Template.fromStack(stack).hasResourceProperties('AWS::Events::EventBus', { Name: { Ref: 'Name' } });
  });

  // prettier-ignore
  test.each([
    ['organizationId must be the id of an organization (o-…) or of accounts (12 digits), or no event arrives, got none', {}],
    ['organizationId must be the id of an organization (o-…) or of accounts (12 digits), or no event arrives, got ou-1', { organizationId: 'ou-1' }],
    ['accounts[0] must be the id of an organization (o-…) or of accounts (12 digits), or no event arrives, got 1',       { accounts: ['1'] }],
  ])('fails: %s', (line, props) => {
    expect(refusal(() => new BackupEventBus(stackOf(), 'Central', props))).toContain(`  ${line} [event-bus-sender] (`);
  });
});

test('both are clean under cdk-nag and cfn-lint', () => {
  const stack = naggedStack();
  const { eventBus } = new BackupEventBus(stack, 'Central', {
    organizationId: 'o-abcdefghij',
    accounts: ['444455556666'],
  });
  new BackupEventForwarding(stack, 'Here', { eventBus, apiCalls: BackupApiCall.all() });
  new BackupEventForwarding(stack, 'There', { eventBus: busOf(stack) });
  const app = stack.node.root as App;
  expect(nagFindings(app)).toEqual([]);
  expect(cfnLint(app, 'forwarding of backup events')).toBe('');
});

test('keeps their ids and logical ids', () => {
  const stack = stackOf();
  const { eventBus } = new BackupEventBus(stack, 'Central', { accounts: ['444455556666'] });
  const made = new BackupEventForwarding(stack, 'Forwarding', { eventBus, apiCalls: BackupApiCall.all() });
  expect(made.node.children.map((construct) => construct.node.id)).toEqual([
    'Role',
    'Policy',
    'ImmutableRoleRole',
    'Rule',
    'ApiCalls',
  ]);
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual([
    'CentralAE7BC1AE',
    'CentralcdkAllowAccountsB6C05ADF',
    'ForwardingRole434B212C',
    'ForwardingPolicy1D2F976B',
    'ForwardingRule12E4AAEA',
    'ForwardingApiCallsAA25E7C5',
  ]);
});
