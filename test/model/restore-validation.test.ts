import {
  RestoreValidationDeclaration,
  RestoreValidationRules,
  RestoreValidations,
  RestoreValidationTargets,
} from '@holdfast/model';
import { PLAIN, Row, testRows } from './rows';

// prettier-ignore
const ROWS: Row<RestoreValidationDeclaration>[] = [
  ['restore-validation-resource-type',  'passes', {}],
  ['restore-validation-resource-type',  'passes', { resourceTypes: ['EBS', 'Aurora'] }],
  ['restore-validation-resource-type',  'fails',  { resourceTypes: ['EBS', 'Redshift'] }, 'resourceTypes[1]', 'Redshift'],
  ['restore-validation-resource-type',  'fails',  { resourceTypes: [] }, 'resourceTypes', 'none'],
  ['restore-validation-retry-interval', 'fails',  { retryIntervalMinutes: 9 },    'retryIntervalMinutes', '9'],
  ['restore-validation-retry-interval', 'passes', { retryIntervalMinutes: 10 }],
  ['restore-validation-retry-interval', 'passes', { retryIntervalMinutes: 1440 }],
  ['restore-validation-retry-interval', 'fails',  { retryIntervalMinutes: 1441 }, 'retryIntervalMinutes', '1441'],
  ['restore-validation-retry-interval', 'fails',  { retryIntervalMinutes: 10.5 }, 'retryIntervalMinutes', '10.5'],
];

testRows((validation) => RestoreValidationRules.check(validation, '', PLAIN), ROWS);

test('matches completed restores of the plan alone', () => {
  expect(RestoreValidations.eventPattern('arn:plan')).toEqual({
    source: ['aws.backup'],
    'detail-type': ['Restore Job State Change'],
    detail: { status: ['COMPLETED'], restoreTestingPlanArn: ['arn:plan'] },
  });
});

test('matches the given resource types alone', () => {
  expect(RestoreValidations.eventPattern('arn:plan', ['EBS']).detail.resourceType).toEqual(['EBS']);
});

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: { readonly Next: string }[];
  readonly Catch?: { readonly ErrorEquals: string[]; readonly Next: string }[];
  readonly Retry?: { readonly ErrorEquals: string[] }[];
  readonly Resource?: string;
  readonly Seconds?: number;
}
const TARGETS: RestoreValidationTargets = { glueFunctionArn: 'arn:glue', validatorFunctionArn: 'arn:validator' };
const states = (minutes?: number) => RestoreValidations.stateMachine(TARGETS, minutes).States as Record<string, State>;
const nextOf = (state: State) => [
  ...[state.Next, state.Default].filter((name) => name !== undefined),
  ...[...(state.Choices ?? []), ...(state.Catch ?? [])].map(({ Next }) => Next),
];

test('every state is reached, and every next state is there', () => {
  const { StartAt } = RestoreValidations.stateMachine(TARGETS) as { StartAt: string };
  const reached = new Set([StartAt, ...Object.values(states()).flatMap(nextOf)]);
  expect([...reached].sort()).toEqual(Object.keys(states()).sort());
});

test('calls the glue and the validator, and waits in between', () => {
  expect(Object.fromEntries(Object.entries(states()).map(([name, state]) => [name, state.Resource]))).toMatchObject({
    Prepare: 'arn:glue',
    Validate: 'arn:validator',
    Report: 'arn:glue',
    ReportError: 'arn:glue',
  });
  expect(states().Wait?.Seconds).toBe(600);
  expect(states(60).Wait?.Seconds).toBe(3600);
});

test('tries again what Lambda fails at, and takes what the validator throws for its verdict', () => {
  const { Validate, Prepare, Report, ReportError } = states();
  expect(Validate?.Retry?.[0]?.ErrorEquals).not.toContain('States.ALL');
  expect(Validate?.Catch).toEqual([{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'ReportError' }]);
  for (const glue of [Prepare, Report, ReportError]) {
    expect(glue?.Retry?.[0]?.ErrorEquals).toEqual(['States.ALL']);
  }
});

test('the longest validation fits into the history of an execution', () => {
  // Five events a task, two a state of any other kind.
  const loop = ['Prepare', 'IsOpen', 'Validate', 'Report', 'IsPending', 'Wait', 'Again'];
  const events = loop.reduce((sum, name) => sum + (states()[name]?.Type === 'Task' ? 5 : 2), 0);
  const rounds = (168 * 60) / RestoreValidations.RETRY_INTERVAL_MINUTES;
  expect(events * rounds).toBeLessThan(25_000);
});
