import { logGroupArn } from '../../../engine/src/domain/log-groups';
import { createBackupVault } from '../../../engine/src/operations/backup/create-backup-vault';
import { deleteBackupVault } from '../../../engine/src/operations/backup/delete-backup-vault';
import { call } from '../../../engine/src/operations/call';
import { createEventBus } from '../../../engine/src/operations/eventbridge/create-event-bus';
import { deleteRule } from '../../../engine/src/operations/eventbridge/delete-rule';
import { disableRule } from '../../../engine/src/operations/eventbridge/disable-rule';
import { enableRule } from '../../../engine/src/operations/eventbridge/enable-rule';
import { listRules } from '../../../engine/src/operations/eventbridge/list-rules';
import { putEvents } from '../../../engine/src/operations/eventbridge/put-events';
import { putPermission } from '../../../engine/src/operations/eventbridge/put-permission';
import { putRule } from '../../../engine/src/operations/eventbridge/put-rule';
import { putTargets } from '../../../engine/src/operations/eventbridge/put-targets';
import { removeTargets } from '../../../engine/src/operations/eventbridge/remove-targets';
import { addPermission } from '../../../engine/src/operations/lambda/add-permission';
import { createFunction } from '../../../engine/src/operations/lambda/create-function';
import { bodies, events, heard, outcomes, queue, queueNamed } from '../scenarios/listeners';
import { ENV, MINUTE, plan, resource, rule, until, vault, world } from '../scenarios/stage';

const VAULTS = { 'detail-type': ['Backup Vault State Change'] };
const OTHER = { ...ENV, account: '999988887777' };
const RULE = `arn:aws:events:${ENV.region}:${ENV.account}:rule/r`;

function fired(state: ReturnType<typeof world>, name: string): void {
  createBackupVault(state, ENV, { BackupVaultName: name });
}

test('a rule hears of what its pattern wants, while it is enabled and has targets', () => {
  const state = world('2027-01-01', {});
  heard(state, 'vaults', VAULTS);
  heard(state, 'plans', { 'detail-type': [{ prefix: 'Backup Plan' }] });
  fired(state, 'one');
  disableRule(state, ENV, { Name: 'vaults' });
  fired(state, 'two');
  enableRule(state, ENV, { Name: 'vaults' });
  fired(state, 'three');
  putRule(state, ENV, { Name: 'vaults', EventPattern: JSON.stringify({ detail: { backupVaultName: ['four'] } }) });
  fired(state, 'four');
  fired(state, 'five');
  removeTargets(state, ENV, { Rule: 'vaults', Ids: ['queue'] });
  fired(state, 'four-again');
  expect(events(state, 'vaults').map(({ detail }) => detail['backupVaultName'])).toEqual(['one', 'three', 'four']);
  expect(bodies(state, 'plans')).toEqual([]);
  expect(listRules(state, ENV, { NamePrefix: 'va' }).Rules).toEqual([
    {
      Name: 'vaults',
      Arn: `arn:aws:events:${ENV.region}:${ENV.account}:rule/vaults`,
      EventPattern: '{"detail":{"backupVaultName":["four"]}}',
      State: 'ENABLED',
      EventBusName: 'default',
    },
  ]);
});

// prettier-ignore
test.each<[what: string, target: object, body: string]>([
  ['a constant',              { Input: '"hi"' },                     '"hi"'],
  ['a part',                  { InputPath: '$.detail.state' },       '"CREATED"'],
  ['a part that is not there', { InputPath: '$.detail.none' },       'null'],
  ['a member of a list',      { InputPath: '$.resources[0]' },       `"arn:aws:backup:${ENV.region}:${ENV.account}:backup-vault:vv"`],
  ['text with parts',         { InputTransformer: { InputPathsMap: { v: '$.detail.backupVaultName', n: '$.none' }, InputTemplate: '"vault <v><n> of <aws.events.rule-name>"' } }, '"vault vv of x"'],
  ['JSON with parts',         { InputTransformer: { InputPathsMap: { d: '$.detail', a: '$.account' }, InputTemplate: '{"d": <d>, "a": "<a>"}' } }, `{"d": {"backupVaultName":"vv","state":"CREATED"}, "a": "${ENV.account}"}`],
])('a target gets %s', (_what, target, body) => {
  const state = world('2027-01-01', {});
  heard(state, 'x', VAULTS, target);
  fired(state, 'vv');
  expect(bodies(state, 'x')).toEqual([body]);
});

test('a queue whose policy does not let the rule in gets nothing, and the dead-letter queue says why', () => {
  const allow = (source: string) =>
    JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: '*',
          Condition: { ArnEquals: { 'aws:SourceArn': source } },
        },
      ],
    });
  const state = world('2027-01-01', {});
  queue(state, 'open', { Policy: allow(RULE) });
  queue(state, 'shut', { Policy: allow(`${RULE}2`) });
  queue(state, 'dead');
  putRule(state, ENV, { Name: 'r', EventPattern: JSON.stringify(VAULTS) });
  const DeadLetterConfig = { Arn: queueNamed('dead') };
  const Targets = ['open', 'shut', 'none'].map((Id) => ({ Id, Arn: queueNamed(Id), DeadLetterConfig }));
  putTargets(state, ENV, { Rule: 'r', Targets });
  fired(state, 'vv');
  expect(outcomes(state)).toEqual([
    'arrived open sqs took it',
    'lost shut the resource policy of the target does not let it in',
    'arrived dead sqs took it',
    'lost none nothing of that ARN is in sqs',
    'arrived dead sqs took it',
  ]);
  const dead = state.services.messaging.queues.tryFind(queueNamed('dead'))?.messages(state.now) ?? [];
  expect(dead.map(({ attributes }) => attributes['ERROR_CODE']?.value)).toEqual([
    'NO_PERMISSIONS',
    'RESOURCE_NOT_FOUND',
  ]);
});

test('functions are invoked as their permissions say, executions start, log groups get entries, others are not emulated', () => {
  const state = world('2027-01-01', {});
  for (const FunctionName of ['free', 'open', 'shut']) {
    createFunction(state, ENV, { FunctionName, Role: 'arn:role' });
  }
  const permission = { StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' };
  addPermission(state, ENV, { ...permission, FunctionName: 'open', SourceArn: RULE });
  addPermission(state, ENV, { ...permission, FunctionName: 'shut', SourceArn: `${RULE}2` });
  putRule(state, ENV, { Name: 'r', EventPattern: JSON.stringify(VAULTS) });
  const lambda = (name: string) => `arn:aws:lambda:${ENV.region}:${ENV.account}:function:${name}`;
  const machine = `arn:aws:states:${ENV.region}:${ENV.account}:stateMachine:m`;
  putTargets(state, ENV, {
    Rule: 'r',
    Targets: [
      ...['free', 'open', 'shut'].map((Id) => ({ Id, Arn: lambda(Id) })),
      { Id: 'machine', Arn: machine },
      { Id: 'stream', Arn: `arn:aws:kinesis:${ENV.region}:${ENV.account}:stream/s` },
    ],
  });
  fired(state, 'vv');
  const { functions, stateMachines } = state.services.messaging;
  const { executions } = stateMachines;
  expect(functions.invocations.map(({ functionArn }) => functionArn)).toEqual([lambda('free'), lambda('open')]);
  expect(executions).toHaveLength(1);
  expect(executions[0]?.executionArn).toContain(':execution:m:');
  expect(JSON.parse(executions[0]?.input ?? '')).toMatchObject({ detail: { backupVaultName: 'vv' } });
  expect(outcomes(state).filter((line) => line.startsWith('lost'))).toEqual([
    'lost function:shut the resource policy of the target does not let it in',
    'lost stream/s targets in kinesis are not emulated',
  ]);

  const logs = world('2027-01-01', {});
  const group = logGroupArn(ENV, '/aws/events/x');
  heard(logs, 'x', VAULTS, { Arn: group });
  fired(logs, 'vv');
  expect(
    logs.services.messaging.logs.eventsOf(group, logs.now).map(({ message }) => JSON.parse(message) as object),
  ).toMatchObject([{ source: 'aws.backup' }]);
});

test('a bus of another account takes events in by its policy, and what was forwarded is not forwarded again', () => {
  const state = world('2027-01-01', {});
  const busOf = (name: string, account = OTHER.account) => `arn:aws:events:${ENV.region}:${account}:event-bus/${name}`;
  createEventBus(state, OTHER, { Name: 'central' });
  createEventBus(state, OTHER, { Name: 'closed' });
  const statement = { Effect: 'Allow', Principal: { AWS: ENV.account }, Action: 'events:PutEvents', Resource: '*' };
  const denied = { ...statement, Principal: { AWS: '123123123123' } };
  putPermission(state, OTHER, { EventBusName: 'central', Policy: JSON.stringify({ Statement: [statement] }) });
  putPermission(state, OTHER, { EventBusName: 'closed', Policy: JSON.stringify({ Statement: [denied] }) });
  putRule(state, ENV, { Name: 'r', EventPattern: JSON.stringify(VAULTS) });
  const Targets = ['central', 'closed', 'none'].map((Id) => ({ Id, Arn: busOf(Id) }));
  putTargets(state, ENV, { Rule: 'r', Targets });
  queue(state, 'all');
  putRule(state, OTHER, {
    Name: 'on',
    EventBusName: 'central',
    EventPattern: JSON.stringify({ account: [ENV.account] }),
  });
  putTargets(state, OTHER, {
    Rule: 'on',
    EventBusName: 'central',
    Targets: [
      { Id: 'queue', Arn: queueNamed('all') },
      { Id: 'back', Arn: busOf('default', ENV.account) },
    ],
  });
  fired(state, 'vv');
  expect(events(state, 'all')).toMatchObject([{ account: ENV.account, detail: { backupVaultName: 'vv' } }]);
  expect(outcomes(state)).toEqual([
    'arrived event-bus/central events took it',
    'arrived all sqs took it',
    'lost event-bus/default an event that came from another account or Region is not forwarded again',
    'lost event-bus/closed the resource policy of the target does not let it in',
    'lost event-bus/none nothing of that ARN is in events',
  ]);
});

test('events come at the instant of their change, or in batches where the World has them (B14.1/1)', () => {
  const estate = () => ({
    vaults: [vault('main')],
    resources: [resource('dynamodb-advanced', 'orders')],
    plans: [plan('p', [rule('daily', { scheduleExpression: 'cron(1 5 * * ? *)' })])],
  });
  const timesOf = (batchMinutes: number) => {
    const state = world('2027-01-01', estate());
    state.services.events.batchMinutes = batchMinutes;
    heard(state, 'jobs', { 'detail-type': ['Backup Job State Change'], detail: { state: ['CREATED', 'RUNNING'] } });
    until(state, '2027-01-02T00:00:00Z');
    return events(state, 'jobs').map(({ time }) => time);
  };
  expect(timesOf(0)).toEqual(['2027-01-01T05:01:00Z', '2027-01-01T05:01:15Z']);
  expect(timesOf(5)).toEqual(['2027-01-01T05:05:00Z', '2027-01-01T05:05:00Z']);
  expect(MINUTE).toBe(60_000);
});

test('calls that change something come as API calls, refused ones with their error (B14.3/1, B14.3/2)', () => {
  const state = world('2027-01-01', {});
  heard(state, 'calls', { 'detail-type': ['AWS API Call via CloudTrail'], source: ['aws.backup'] });
  const caller = { ...ENV, principalArn: `arn:aws:sts::${ENV.account}:assumed-role/ops/me` };
  const create = { service: 'backup', operation: 'CreateBackupVault' };
  call(state, caller, create, createBackupVault, { BackupVaultName: 'vv', BackupVaultTags: { Team: 'A' } });
  const remove = { service: 'backup', operation: 'DeleteBackupVault' };
  expect(() => call(state, caller, remove, deleteBackupVault, { BackupVaultName: 'none' })).toThrow();
  expect(events(state, 'calls').map(({ detail }) => detail)).toMatchObject([
    {
      eventSource: 'backup.amazonaws.com',
      eventName: 'CreateBackupVault',
      userIdentity: { type: 'AssumedRole', arn: caller.principalArn },
      requestParameters: { backupVaultName: 'vv', backupVaultTags: { Team: 'A' } },
      responseElements: { backupVaultName: 'vv' },
      readOnly: false,
    },
    { eventName: 'DeleteBackupVault', errorCode: 'ResourceNotFoundException', responseElements: null },
  ]);
});

test('PutEvents reaches rules of its bus, and a wrong entry fails by itself', () => {
  const state = world('2027-01-01', {});
  heard(state, 'mine', { source: ['my.app'] });
  const good = { Source: 'my.app', DetailType: 'Done', Detail: '{"a":1}' };
  const answer = putEvents(state, ENV, { Entries: [good, { ...good, Detail: '[]' }, good] });
  expect(answer.FailedEntryCount).toBe(1);
  expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([undefined, 'MalformedDetail', undefined]);
  expect(answer.Entries?.[0]?.EventId).not.toBe(answer.Entries?.[2]?.EventId);
  expect(events(state, 'mine')).toMatchObject([{ detail: { a: 1 } }, { detail: { a: 1 } }]);
});

test('fails on patterns, targets and names that EventBridge refuses', () => {
  const state = world('2027-01-01', {});
  const put = (EventPattern: string) => () => putRule(state, ENV, { Name: 'r', EventPattern });
  expect(put('{"a":"x"}')).toThrow('Event pattern is not valid. Reason: an event pattern must have a list');
  expect(put('{')).toThrow('Event pattern is not valid.');
  expect(() => putRule(state, ENV, { Name: 'r' })).toThrow('EventPattern or ScheduleExpression');
  put('{"source":["x"]}')();
  const targets = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ Id: `t${index}`, Arn: queueNamed('q') }));
  putTargets(state, ENV, { Rule: 'r', Targets: targets(5) });
  expect(() => putTargets(state, ENV, { Rule: 'r', Targets: [{ Id: 't5', Arn: queueNamed('q') }] })).toThrow('exceeds');
  expect(() => putTargets(state, ENV, { Rule: 'r', Targets: [{ ...targets(1)[0]!, InputPath: 'detail' }] })).toThrow(
    'Invalid input path: detail',
  );
  expect(() => deleteRule(state, ENV, { Name: 'r' })).toThrow('has targets');
  expect(() => putTargets(state, ENV, { Rule: 'none', Targets: [] })).toThrow('Rule none does not exist');
  expect(() => putRule(state, ENV, { Name: 'r', EventBusName: 'none', EventPattern: '{}' })).toThrow('Event bus none');
  removeTargets(state, ENV, { Rule: 'r', Ids: ['t0', 't1', 't2', 't3', 't4'] });
  deleteRule(state, ENV, { Name: 'r' });
  expect(listRules(state, ENV, {}).Rules).toEqual([]);
});

test('events change the digest by what was sent and nothing else, and come out alike twice', () => {
  const run = (listen: boolean) => {
    const state = world('2027-01-01', {
      vaults: [vault('main')],
      resources: [resource('dynamodb-advanced', 'orders')],
      plans: [plan('p', [rule('daily', { scheduleExpression: 'cron(0 5 * * ? *)' })])],
    });
    if (listen) {
      heard(state, 'all', { source: ['aws.backup'] });
    }
    until(state, '2027-01-03T00:00:00Z');
    return {
      digest: state.digest(),
      ids: events(state, 'all').map(({ id }) => id),
      points: state.summary().recoveryPoints,
    };
  };
  expect(run(true)).toEqual(run(true));
  expect(new Set(run(true).ids).size).toBe(run(true).ids.length);
  expect(run(true).points).toEqual(run(false).points);
  expect(run(true).digest).not.toBe(run(false).digest);
});

test.each(['', 'name-12', '7', '[]', '{}', '{"Statement":[]}', '{"Statement":[null]}', '{"Statement":"all"}'])(
  'a bus takes no policy like %j, and keeps the one it has',
  (Policy) => {
    const state = world('2027-01-01', {});
    createEventBus(state, ENV, { Name: 'central' });
    const statement = { Sid: 'a', Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: '*' };
    putPermission(state, ENV, { EventBusName: 'central', Policy: JSON.stringify({ Statement: statement }) });
    const put = () => putPermission(state, ENV, { EventBusName: 'central', Policy });
    expect(put).toThrow('Policy must be a JSON policy document with statements.');
    expect(state.services.events.buses.tryFind(ENV, 'central')?.policy).toBe(JSON.stringify({ Statement: statement }));
  },
);
