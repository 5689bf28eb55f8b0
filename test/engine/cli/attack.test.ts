import type { AttackAnswer } from '../../../engine/src/cli/attack';
import { answerOf, cli, TEMPLATE } from './run-cli';

const FILES = { 'stack.yaml': TEMPLATE };
const OPERATOR = 'arn:aws:iam::123456789012:role/Operator';

test('attack tells as JSON what succeeded and what stopped the rest, and answers 1', async () => {
  const result = await cli(['attack', 'stack.yaml', '--as', OPERATOR, '--format', 'json'], FILES);
  const answer = answerOf<AttackAnswer>(result);
  expect(result.code).toBe(1);
  expect(answer.at).toBe('2027-02-02T00:00:00Z');
  expect(answer.attackers).toEqual([{ principal: OPERATOR, supposed: true }]);
  const deletions = answer.attempts.filter(({ action }) => action === 'backup:DeleteRecoveryPoint');
  expect(deletions.map(({ succeeds, stoppedBy, points }) => [succeeds, stoppedBy?.kind ?? null, points])).toEqual(
    expect.arrayContaining([
      [true, null, 32],
      [false, 'state', 32],
    ]),
  );
  expect(answer.notRead.map(({ type }) => type)).toContain('AWS::SSM::Parameter');
});

test('attack tells as text, with lines of one kind joined', async () => {
  const result = await cli(['attack', 'stack.yaml', '--as', OPERATOR, '--days', '2'], FILES);
  expect(result.stderr).toBe('');
  expect(result.stdout).toContain(
    `as ${OPERATOR}, supposed to have every right that its account can give\n  NOTHING STOPS`,
  );
  expect(result.stdout).toContain('backup:DeleteRecoveryPoint (deletes the point)');
  expect(result.stdout).toContain('vault lock of arn:aws:backup:us-east-1:123456789012:backup-vault:far stops it');
  expect(result.stdout).toMatch(/\d+ attempts at 2027-01-03T00:00:00Z: \d+ stopped, \d+ succeeded\n$/);
});

test.each(['Operator', 'arn:aws:iam::12:role/x'])('fails with --as %s, which is no principal', async (principal) => {
  const result = await cli(['attack', 'stack.yaml', '--as', principal], FILES);
  expect([result.code, result.stdout]).toEqual([2, '']);
  expect(result.stderr).toContain('--as');
});

test('attack without a vault has nothing to try, and answers 0', async () => {
  const files = { 'empty.yaml': 'Resources: { Topic: { Type: AWS::SNS::Topic } }' };
  const result = await cli(['attack', 'empty.yaml', '--format', 'json'], files);
  expect([result.code, answerOf<AttackAnswer>(result).counts.attempts]).toEqual([0, 0]);
});
