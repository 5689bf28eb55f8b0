// What the grid of verdicts leaves out: odd values, values that are empty, and keys with many.
import { RequestContext } from '../../../../engine/src/domain/policy/context';
import { Condition, holds, missed, operatorOf } from '../../../../engine/src/domain/policy/conditions';

function condition(operator: string, ...values: string[]): Condition {
  return { operator, ...operatorOf(operator)!, key: 'k', values };
}

function reading(...given: string[]) {
  return { context: new RequestContext([['k', given]]), variables: true };
}

// prettier-ignore
test.each<[equal: boolean, given: string, wanted: string]>([
  [true,  '5',         '5.0'],
  [true,  '5',         '5.'],
  [true,  '0.5',       '.5'],
  [true,  '-5',        '-5'],
  [true,  '+5',        '5'],
  [true,  '1000',      '1e3'],
  [true,  '1000',      '1E+3'],
  [true,  '0.001',     '1e-3'],
  [true,  ' 5 ',       '5'],
  [false, '5',         '-5'],
  [false, '5',         '50'],
  [false, '5x',        '5x'],
  [false, 'five',      'five'],
  [false, '1e',        '1e'],
  [false, '5 5',       '5 5'],
  [false, '',          '0'],
  [false, ' ',         '0'],
  [false, '16',        '0x10'],
  [false, 'Infinity',  'Infinity'],
])('NumericEquals %p: %p and %p', (equal, given, wanted) => {
  expect(holds(condition('NumericEquals', wanted), reading(given))).toBe(equal);
  expect(holds(condition('NumericNotEquals', wanted), reading(given))).toBe(!equal);
});

// prettier-ignore
test.each<[held: boolean, operator: string, given: string[], wanted: string[], why: string]>([
  [false, 'DateEquals',                ['soon'],    ['soon'],    'what is no instant equals nothing'],
  [true,  'DateEquals',                ['1798761600'], ['2027-01-01'], 'seconds are an instant'],
  [true,  'StringEquals',              [''],        [''],        'an empty text is a value'],
  [false, 'ForAnyValue:StringEquals',  [''],        [''],        'but for a set operator it is none'],
  [true,  'ForAnyValue:StringEquals',  ['', 'a'],   ['a'],       'unless there is another'],
  [true,  'ForAllValues:StringEquals', ['', ''],    ['a'],       'and nothing is all of anything'],
  [false, 'ForAllValues:StringEquals', ['', 'a'],   ['a'],       'while one among others counts'],
  [true,  'ForAllValues:StringEqualsIfExists', [''], ['a'],      'IfExists holds without a value'],
  [true,  'ForAnyValue:StringEqualsIfExists',  [''], ['a'],      'for either set operator'],
  [true,  'StringEquals',              ['a', 'b'],  ['b'],       'one of many values is enough'],
  [false, 'StringNotEquals',           ['a', 'b'],  ['b'],       'and none may be for its opposite'],
  [true,  'StringNotEquals',           ['a', 'b'],  ['c'],       'which holds when none is'],
  [true,  'ForAnyValue:StringNotEquals', ['a', 'b'], ['b'],      'a set operator asks for one that is not'],
  [true,  'Null',                      [],          ['true'],    'a key without a value is absent'],
  [false, 'Null',                      ['a'],       ['TRUE'],    'words have no case'],
  [true,  'Null',                      ['a'],       ['true', 'false'], 'one of both always holds'],
  [true,  'Null',                      [],          ['false', 'true'], 'with a key and without'],
  [false, 'StringEqualsIgnoreCase',    ['a'],       ['${aws:userid}'], 'a variable without value equals nothing'],
  [true,  'StringNotEqualsIgnoreCase', ['a'],       ['${aws:userid}'], 'so that its opposite holds'],
  [false, 'StringLike',                ['a'],       ['${aws:userid}*'], 'nor is it a pattern of anything'],
  [false, 'ArnLike',                   ['arn:aws:s3:::a'], ['${aws:userid}*'], 'or of any ARN'],
  [false, 'ArnLike',                   ['arn:aws:s3'], ['arn:aws:s3:::*'], 'an ARN has six parts'],
  [false, 'ArnLike',                   ['arn:aws:s3'], ['arn:aws:s3'], 'whatever the pattern has'],
  [true,  'ArnLike',                   ['anything'], ['*'],      'but a star is everything'],
  [false, 'ArnLike',                   ['anything'], ['?'],      'as one character is not'],
  [true,  'ArnLike',                   ['arn:aws:s3:::a:b'], ['arn:aws:s3:::*'], 'the last part may have colons'],
  [false, 'ArnLike',                   ['arn:aws:s3:::a'], ['*:b'], 'a star at the front is the first part alone'],
  [false, 'StringLike',                ['ab'],      ['a'],       'a pattern is of the whole text'],
])('%p: %s %j %j: %s', (held, operator, given, wanted) => {
  expect(holds(condition(operator, ...wanted), reading(...given))).toBe(held);
});

test.each([
  '',
  'String Equals',
  'stringequals',
  'ForSomeValues:StringEquals',
  'StringEqualsIfExist',
  'NullIfExists',
  'toString',
])('%p is no operator', (text) => {
  expect(operatorOf(text)).toBeUndefined();
});

test('what did not hold is told with the values, or that there was none', () => {
  const wanted = condition('ForAnyValue:StringEquals', 'a', 'b');
  expect(missed(wanted, reading('c', 'd'))).toBe('Condition.ForAnyValue:StringEquals k: c, d against a, b');
  expect(missed(wanted, reading())).toBe('Condition.ForAnyValue:StringEquals k: absent against a, b');
});
