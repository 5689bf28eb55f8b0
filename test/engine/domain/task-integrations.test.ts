// What tasks that put events give to EventBridge, and when what comes back fails them.
import { faultIn, type Integration, integrationOf, prepared } from '../../../engine/src/domain/task-integrations';

const EXECUTION = 'arn:e';
const MACHINE = 'arn:m';
const CONTEXT = { Execution: { Id: EXECUTION, Name: 'e' }, StateMachine: { Id: MACHINE, Name: 'm' } };
const PUT = integration('events:putEvents');

function integration(call: string): Integration {
  return integrationOf(`arn:aws:states:::${call}`) as Integration;
}

test('events that a task puts tell of its execution and machine after their own resources, and stay as they are otherwise', () => {
  const parameters = {
    EndpointId: 'somewhere',
    Entries: [{ Source: 'own', Resources: ['arn:r'] }, { Source: 'other' }, { Resources: null }],
  };
  expect(prepared(PUT, parameters, CONTEXT)).toEqual({
    EndpointId: 'somewhere',
    Entries: [
      { Source: 'own', Resources: ['arn:r', EXECUTION, MACHINE] },
      { Source: 'other', Resources: [EXECUTION, MACHINE] },
      { Resources: [EXECUTION, MACHINE] },
    ],
  });
});

// prettier-ignore
test.each<[what: string, call: string, parameters: unknown]>([
  ['another integration',          'sqs:sendMessage',               { Entries: [{ a: 1 }] }],
  ['the integration of the SDK',   'aws-sdk:eventbridge:putEvents', { Entries: [{ Source: 'own' }] }],
  ['no parameters',                'events:putEvents',              null],
  ['parameters without entries',   'events:putEvents',              { EndpointId: 'somewhere' }],
  ['a text for entries',           'events:putEvents',              { Entries: 'a' }],
  ['what is no entry',             'events:putEvents',              { Entries: [null, 'a', [], 5] }],
  ['no list of resources',         'events:putEvents',              { Entries: [{ Resources: 'arn:r' }, { Resources: 5 }] }],
])('the parameters of a task are handed on as they are: %s', (_what, call, parameters) => {
  expect(prepared(integration(call), parameters, CONTEXT)).toEqual(parameters);
});

// prettier-ignore
test.each<[what: string, call: string, output: unknown, fails: boolean]>([
  ['an entry that failed',               'events:putEvents',              { FailedEntryCount: 1, Entries: [{ ErrorCode: 'a' }] }, true],
  ['no entry that failed',               'events:putEvents',              { FailedEntryCount: 0, Entries: [{ EventId: 'a' }] },   false],
  ['the same of the SDK',                'aws-sdk:eventbridge:putEvents', { FailedEntryCount: 1, Entries: [] },                   false],
  ['another output that counts as much', 'lambda:invoke',                 { FailedEntryCount: 1 },                                false],
  ['nothing at all',                     'aws-sdk:sqs:deleteQueue',       null,                                                   false],
])('an output fails its task or not: %s', (_what, call, output, fails) => {
  const fault = { error: 'EventBridge.FailedEntry', cause: JSON.stringify(output) };
  expect(faultIn(integration(call), output)).toEqual(fails ? fault : undefined);
});
