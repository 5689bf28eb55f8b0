import { step } from '../../../engine/src/domain/backup-job';
import { canonicalRule } from '../../../engine/src/domain/canonical';
import { continuousDecision } from '../../../engine/src/domain/continuous';
import { COMPLETED, CREATED, EXPIRED, FAILED, RUNNING } from '../../../engine/src/domain/event-codes';
import {
  coldAtOf,
  copyEnds,
  deletionAt,
  deleteAtOf,
  DELETION_SPREAD,
  MOVES_TO_COLD,
  MOVES_WHEN_OPTED_IN,
  STAYS_WARM,
  termsOf,
} from '../../../engine/src/domain/lifecycle';
import { Decisions } from '../../../engine/src/domain/decisions';
import type { AuthorizationRequest } from '../../../engine/src/domain/policy/request';
import type { Verdict } from '../../../engine/src/domain/policy/verdict';
import * as reasons from '../../../engine/src/domain/reasons';
import { changedBytes, durationMs, GIB } from '../../../engine/src/domain/snapshot';
import { admits, isChangeable, lockPut } from '../../../engine/src/domain/vault-lock';
import { Waiting } from '../../../engine/src/domain/waiting';
import { DAY, MINUTE, NEVER } from '../../../engine/src/kernel/instant';

describe('a job moves', () => {
  // prettier-ignore
  test.each([
    [CREATED, 'start',                    RUNNING],
    [CREATED, 'fail',                     FAILED],
    [CREATED, 'start-window-closed',      EXPIRED],
    [RUNNING, 'finish',                   COMPLETED],
    [RUNNING, 'completion-window-closed', EXPIRED],
  ] as const)('from %d by %s to %d', (from, event, to) => {
    expect(step(from, event)).toBe(to);
  });

  test('fails on a move that is not in the table, with its names', () => {
    expect(() => step(COMPLETED, 'start')).toThrow("no move 'start' from COMPLETED");
    expect(() => step(CREATED, 'finish')).toThrow("no move 'finish' from CREATED");
  });

  test('looks every 10 minutes from its creation; of several at one instant the first that was made (B4.1/2)', () => {
    const waiting = new Waiting();
    expect(waiting.nextLook(0)).toBeUndefined();
    waiting.add(3 * MINUTE, 7);
    waiting.add(23 * MINUTE, 4);
    waiting.add(25 * MINUTE, 9);
    expect(waiting.nextLook(31 * MINUTE)).toEqual({ at: 33 * MINUTE, number: 4 });
    expect(waiting.nextLook(33 * MINUTE)).toEqual({ at: 33 * MINUTE, number: 4 });
    expect(waiting.nextLook(33 * MINUTE + 1)).toEqual({ at: 35 * MINUTE, number: 9 });
    expect(waiting.nextLook(36 * MINUTE)).toEqual({ at: 43 * MINUTE, number: 4 });
    waiting.remove(23 * MINUTE, 4);
    waiting.remove(23 * MINUTE, 4);
    expect(waiting.nextLook(36 * MINUTE)).toEqual({ at: 43 * MINUTE, number: 7 });
  });
});

describe('lifecycle', () => {
  test('takes absent and -1 for never (B2.3/2, B5.2/7)', () => {
    expect(termsOf(undefined)).toEqual(termsOf({ deleteAfterDays: -1, moveToColdStorageAfterDays: -1 }));
    expect(deleteAtOf(0, termsOf({}))).toBe(NEVER);
  });

  // prettier-ignore
  test.each([
    [STAYS_WARM,          true,  NEVER],
    [MOVES_TO_COLD,       false, 30 * DAY],
    [MOVES_WHEN_OPTED_IN, false, NEVER],
    [MOVES_WHEN_OPTED_IN, true,  30 * DAY],
  ])('cold support %d with opt-in %p moves at %d', (support, optInToArchiveForSupportedResources, at) => {
    const terms = termsOf({ moveToColdStorageAfterDays: 30, optInToArchiveForSupportedResources });
    expect(coldAtOf(0, terms, support)).toBe(at);
  });

  test('gives a copy the end of its source unless it has days of its own (B6.2/2)', () => {
    const source = { coldAt: 5 * DAY, deleteAt: 200 * DAY };
    expect(copyEnds(0, source, undefined, MOVES_TO_COLD)).toEqual(source);
    expect(copyEnds(0, source, undefined, STAYS_WARM)).toEqual({ coldAt: NEVER, deleteAt: 200 * DAY });
    expect(copyEnds(0, source, { deleteAfterDays: -1 }, MOVES_TO_COLD).deleteAt).toBe(200 * DAY);
    expect(copyEnds(DAY, source, { deleteAfterDays: 10 }, MOVES_TO_COLD).deleteAt).toBe(11 * DAY);
  });

  // prettier-ignore
  test.each([
    ['nothing is said',          {},                                                      MOVES_TO_COLD,       'source',  'source'],
    ['nothing is said, warm',    {},                                                      STAYS_WARM,          NEVER,     'source'],
    ['both are said',            { moveToColdStorageAfterDays: 7, deleteAfterDays: 120 }, MOVES_TO_COLD,       8 * DAY,   121 * DAY],
    ['both are said, warm',      { moveToColdStorageAfterDays: 7, deleteAfterDays: 120 }, STAYS_WARM,          NEVER,     121 * DAY],
    ['cold alone is said',       { moveToColdStorageAfterDays: 7 },                       MOVES_TO_COLD,       8 * DAY,   'source'],
    ['the end alone is said',    { deleteAfterDays: 120 },                                MOVES_TO_COLD,       NEVER,     121 * DAY],
    ['archive is not opted in',  { moveToColdStorageAfterDays: 7, deleteAfterDays: 120 }, MOVES_WHEN_OPTED_IN, NEVER,     121 * DAY],
  ] as const)('moves a copy to cold storage and ends it where %s (B6.2/1, B6.2/2)', (_, lifecycle, support, coldAt, deleteAt) => {
    const source = { coldAt: 30 * DAY, deleteAt: 200 * DAY };
    expect(copyEnds(DAY, source, lifecycle, support)).toEqual({
      coldAt: coldAt === 'source' ? source.coldAt : coldAt,
      deleteAt: deleteAt === 'source' ? source.deleteAt : deleteAt,
    });
  });

  test('deletes within 8 hours after DeleteAt, never before (B5.2/2)', () => {
    expect(deletionAt(DAY, 0)).toBe(DAY);
    expect(deletionAt(DAY, 2 ** 32 - 1)).toBeLessThan(DAY + DELETION_SPREAD);
  });
});

describe('vault lock', () => {
  // prettier-ignore
  test.each([
    [6, false], [7, true], [30, true], [31, false], [NEVER, false],
  ])('of 7 to 30 days admits %d: %p', (days, admitted) => {
    expect(admits(lockPut({ minRetentionDays: 7, maxRetentionDays: 30 }, 0), days)).toBe(admitted);
  });

  test('without a maximum admits for ever (B7.4/3)', () => {
    expect(admits(lockPut({ minRetentionDays: 7 }, 0), NEVER)).toBe(true);
  });

  test('stays changeable in governance mode, and in grace until the last millisecond (B7.4/1)', () => {
    expect(isChangeable(lockPut({ minRetentionDays: 7 }, 0), 1000 * DAY)).toBe(true);
    const compliance = lockPut({ minRetentionDays: 7, changeableForDays: 3 }, 0);
    expect(isChangeable(compliance, 3 * DAY - 1)).toBe(true);
    expect(isChangeable(compliance, 3 * DAY)).toBe(false);
  });
});

describe('snapshot', () => {
  test('of 1 GiB ends within 10 minutes', () => {
    expect(durationMs(GIB)).toBeLessThan(10 * MINUTE);
  });

  test('never moves more than everything', () => {
    expect(changedBytes(100, 10, 0, DAY)).toBe(10);
    expect(changedBytes(100, 10, 0, 30 * DAY)).toBe(100);
    expect(changedBytes(100, 0, 0, DAY)).toBe(0);
  });
});

describe('continuous backup', () => {
  // prettier-ignore
  test.each([
    [false, true,  -1, reasons.SNAPSHOT_BY_RULE],
    [true,  false, -1, reasons.SNAPSHOT_WITHOUT_PITR],
    [true,  true,  -1, reasons.CONTINUOUS_BY_RULE],
    [true,  true,   4, reasons.CONTINUOUS_REFRESHED],
    [true,  true,   5, reasons.SNAPSHOT_AS_PITR_ELSEWHERE],
  ])('asked %p, capable %p, standing in %d', (asked, pitr, standing, decision) => {
    expect(continuousDecision(asked, pitr, standing, 4)).toBe(decision);
  });
});

test('every reason has its own number, and all but none have a sentence', () => {
  const codes = Object.entries<unknown>(reasons).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  expect(new Set(codes.map(([, code]) => code)).size).toBe(codes.length);
  const mute = codes.filter(([, code]) => reasons.sentence(code, { rule: 'r', plan: 'p', vault: 'v' }) === '');
  expect(mute.map(([name]) => name)).toEqual(['NO_REASON']);
});

test('a rule reads the same with its defaults said or not', () => {
  const bare = { ruleName: 'r', targetBackupVaultName: 'v', lifecycle: { deleteAfterDays: 35 } };
  const full = {
    ...bare,
    lifecycle: { deleteAfterDays: 35, moveToColdStorageAfterDays: -1, optInToArchiveForSupportedResources: false },
    scheduleExpression: 'cron(0 5 ? * * *)',
    scheduleExpressionTimezone: 'Etc/UTC',
    startWindowMinutes: 480,
    completionWindowMinutes: 10_080,
    copyActions: [],
    recoveryPointTags: {},
    enableContinuousBackup: false,
  };
  expect(canonicalRule(full)).toEqual(canonicalRule(bare));
  expect(canonicalRule({ ...bare, startWindowMinutes: 60 })).not.toEqual(canonicalRule(bare));
});

describe('what policies decided lately', () => {
  const note = (decisions: Decisions, n: number) =>
    decisions.note(
      n,
      { action: `a:${n}`, resource: '*' } as AuthorizationRequest,
      { allowed: n % 2 === 0, because: 'b' } as Verdict,
    );

  test('is kept once somebody asks, the latest first', () => {
    const decisions = new Decisions();
    note(decisions, 1);
    expect(decisions.latest()).toEqual([]);
    decisions.listen();
    note(decisions, 2);
    note(decisions, 3);
    decisions.listen();
    expect(decisions.latest()).toEqual([
      { at: 3, action: 'a:3', resource: '*', allowed: false, because: 'b' },
      { at: 2, action: 'a:2', resource: '*', allowed: true, because: 'b' },
    ]);
  });

  test.each([199, 200, 201, 400, 401, 1000])('is the latest 200 of %d', (count) => {
    const decisions = new Decisions();
    decisions.listen();
    for (let n = 1; n <= count; n++) {
      note(decisions, n);
    }
    const kept = decisions.latest().map(({ at }) => at);
    expect(kept).toEqual(Array.from({ length: Math.min(count, 200) }, (_, n) => count - n));
  });
});
