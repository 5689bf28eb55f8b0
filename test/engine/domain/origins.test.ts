// What jobs and points go back to.
import { NewOrigin, Origins } from '../../../engine/src/domain/origins';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { Names } from '../../../engine/src/kernel/names';
import { ENV, plan, resource, ROLE, rule, until, vault, world } from '../scenarios/stage';

const FS = resource('efs', 'fs-1');
const STACK = resource('cloudformation', 'shop');

const called = (more: Partial<NewOrigin> = {}): NewOrigin => ({
  kind: 'on-demand',
  text: 'call',
  rule: undefined,
  source: undefined,
  roleArn: ROLE,
  lifecycle: undefined,
  terms: { moveToColdAfterDays: 0, deleteAfterDays: 35 } as unknown as NewOrigin['terms'],
  startWindowMinutes: 60,
  completionWindowMinutes: 120,
  destinationArn: undefined,
  tags: {},
  ...more,
});

describe('with a plan', () => {
  const state = world('2027-01-01', {
    vaults: [vault('main')],
    resources: [FS, STACK],
    plans: [
      plan('p', [
        rule('plain'),
        rule('indexed', { indexActions: ['S3'] }),
        rule('scanned', { scanActions: [{ malwareScanner: 'GUARDDUTY', scanMode: 'FULL_SCAN' }] } as object),
      ]),
      plan('bare', [rule('of-nothing')], { selections: [] }),
    ],
  });
  const rules = state.ledger.plans.list().find(({ declaration }) => declaration.backupPlanName === 'p')?.rules ?? [];
  const origins = () => new Origins(new Names());

  test('only points of rules with actions, and of calls that ask for an index, are inspected', () => {
    const inspected = [
      ...rules.map((one) => called({ rule: one })),
      called(),
      called({ index: true }),
      called({ index: false }),
    ].map((given) => origins().add(given).inspected);
    expect(inspected).toEqual([false, true, true, false, true, false]);
  });

  test('calls of one text are told apart by their count, and rules are themselves', () => {
    const made = origins();
    const texts = [called(), called(), called({ text: 'other' }), called()].map((given) => made.add(given).given.text);
    expect(texts).toEqual(['call', 'call #2', 'other', 'call #3']);
    const [first] = rules;
    expect([1, 2].map(() => made.add(called({ rule: first, text: 'p#plain' })).given.text)).toEqual([
      'p#plain',
      'p#plain',
    ]);
    expect(made.list().map(({ number }) => made.find(number).number)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(() => made.find(6)).toThrow('no origin 6 among 6');
  });

  test('the role is the one that was given, else that of the selection, and of a call without one none', () => {
    const [first] = rules;
    const made = origins();
    const roleOf = (given: NewOrigin) => made.add(given).roleArn;
    expect([called({ rule: first }), called({ roleArn: undefined })].map(roleOf)).toEqual([ROLE, undefined]);
    const own = made.add(called({ rule: first, roleArn: undefined, text: 'p#plain' }));
    const copy = made.add(called({ rule: first, roleArn: undefined, text: 'p#plain>far', source: own }));
    own.copies.push(copy);
    expect(made.forRole(own, ROLE)).toBe(own);
    const other = made.forRole(own, `${ROLE}2`);
    expect(made.forRole(own, `${ROLE}2`)).toBe(other);
    expect([own, copy, other, ...other.copies].map(({ roleArn }) => roleArn)).toEqual([
      ...[ROLE, ROLE, `${ROLE}2`, `${ROLE}2`],
    ]);
    expect([other, ...other.copies].map(({ name }) => name)).toEqual([own.name, copy.name]);
    expect(other.copies[0]?.given.source).toBe(other);
  });

  test('what is backed up with a stack has an origin of its own, made once for each stack and source (B4.5/1)', () => {
    const made = origins();
    const stack = state.ledger.resources.tryFind(STACK.arn);
    const other = state.ledger.resources.tryFind(FS.arn);
    if (stack === undefined || other === undefined) {
      throw new Error('the resources are there');
    }
    const source = made.add(called());
    const copy = made.add(called({ kind: 'on-demand-copy', text: 'copy', source }));
    const child = made.within(copy, stack);
    expect(child.given).toMatchObject({ text: `copy@${STACK.arn}`, within: stack });
    expect(child.given.source).toBe(made.within(source, stack));
    expect(made.within(copy, stack)).toBe(child);
    expect(made.within(copy, other)).not.toBe(child);
    expect(made.list()).toHaveLength(6);
  });
});

test('the same call twice at one instant makes two jobs of two ids', () => {
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [FS] });
  const start = () => startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: FS.arn, IamRoleArn: ROLE });
  const ids = [start(), start(), start()].map(({ BackupJobId }) => BackupJobId);
  expect(new Set(ids).size).toBe(3);
  until(state, '2027-01-02');
  expect(new Set(state.jobsOf(FS.arn).map(({ jobId }) => jobId))).toEqual(new Set(ids));
});
