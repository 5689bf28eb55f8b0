import { Effect, Finding, Severity } from '@holdfast/model';
import { findingsText, notReadText } from '../../../engine/src/cli/finding-text';

function things(count: number, type: string, reason = 'this type is not modelled') {
  return Array.from({ length: count }, (_, index) => ({ path: `t.json: Thing${index}`, type, reason }));
}

test('nothing that was left out takes no room', () => {
  expect(notReadText([])).toEqual([]);
});

test('a few things are named, many are counted by type, in lines of a readable length', () => {
  const types = Array.from({ length: 12 }, (_, index) => `AWS::Service${index}::LongResourceName`);
  const [text] = notReadText([
    ...things(1, 'AWS::RDS::DBInstance', 'a member of a DB cluster'),
    ...types.flatMap((type) => things(1200, type)),
  ]) as [string];
  const lines = text.split('\n');
  expect(lines.slice(0, 4)).toEqual([
    'not read: 14,401 things that the engine does not model (--format json lists each)',
    '  a member of a DB cluster',
    '    t.json: Thing0 (AWS::RDS::DBInstance)',
    '  this type is not modelled',
  ]);
  expect(lines.slice(4).join(' ').trim().replace(/\s+/g, ' ')).toBe(types.map((type) => `${type} 1,200`).join(', '));
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
});

test('reasons beyond twenty are counted', () => {
  const [text] = notReadText(Array.from({ length: 23 }, (_, index) => things(1, 'T', `reason ${index}`)).flat()) as [
    string,
  ];
  expect(text).toContain('reason 19\n');
  expect(text).not.toContain('reason 20\n');
  expect(text).toMatch(/\n {2}and 3 reasons more$/);
});

test('of one rule twenty findings are shown and the rest counted, so that they do not bury those of others', () => {
  const finding = (rule: string, index: number): Finding => ({
    rule,
    effect: Effect.ADVICE,
    severity: Severity.WARNING,
    path: `Plan${index}`,
    message: 'must be otherwise',
    source: 'here',
  });
  const loud = Array.from({ length: 1521 }, (_, index) => finding('loud-rule', index));
  const [text] = findingsText([...loud, finding('quiet-rule', 9999)]) as [string];
  expect(text).toMatch(/^1,522 warnings\n/);
  expect(text).toContain('  Plan19\n');
  expect(text).not.toContain('  Plan20\n');
  expect(text).toContain('  Plan9999\n');
  expect(text).toMatch(/\n {2}and 1,501 more of \[loud-rule\]; --format json lists all$/);
});
