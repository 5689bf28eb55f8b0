import { RequestContext } from '../../../../engine/src/domain/policy/context';
import { patternIn, textIn } from '../../../../engine/src/domain/policy/variables';
import { matchesTokens } from '../../../../engine/src/domain/policy/wildcard';

const context = new RequestContext([
  ['aws:username', 'ann'],
  ['aws:PrincipalTag/team', 'a*b'],
  ['aws:PrincipalTag/cost center', '7'],
  ['aws:TagKeys', ['x', 'y']],
]);
const reading = { context, variables: true };

// prettier-ignore
test.each<[text: string, read: string | undefined]>([
  ['',                                   ''],
  ['plain',                              'plain'],
  ['${aws:username}',                    'ann'],
  ['home/${aws:username}/${aws:username}!', 'home/ann/ann!'],
  ['${ AWS:UserName }',                  'ann'],
  ['${aws:PrincipalTag/team}',           'a*b'],
  ['${aws:PrincipalTag/cost center}',    '7'],
  ["${ aws:PrincipalTag/cost centre , 'none' }", 'none'],
  ['${*}${?}${$}{x}',                    '*?${x}'],
  ['${aws:userid}',                      undefined],
  ["${aws:userid, 'nobody'}",            'nobody'],
  ["${aws:userid , ''}",                 ''],
  ["${aws:username, 'nobody'}",          'ann'],
  ['${aws:userid, nobody}',              undefined],
  ['${aws:TagKeys}',                     undefined],
  ["${aws:TagKeys, 'many'}",             'many'],
  ['${}',                                undefined],
  ['a ${aws:userid} and more',           undefined],
  ['$aws:username and ${open',           '$aws:username and ${open'],
])('%p is read as %p', (text, read) => {
  expect(textIn(text, reading)).toBe(read);
  expect(patternIn(text, reading) === undefined).toBe(read === undefined);
  expect(textIn(text, { context, variables: false })).toBe(text);
});

// prettier-ignore
test.each<[matches: boolean, pattern: string, text: string]>([
  [true,  '${aws:username}/*',           'ann/reports'],
  [false, '${aws:username}/*',           'bea/reports'],
  [true,  '*-${aws:username}-?',         'x-ann-1'],
  [false, '${aws:PrincipalTag/team}',    'axb'],
  [true,  '${aws:PrincipalTag/team}',    'a*b'],
  [true,  'a${*}b',                      'a*b'],
  [false, 'a${*}b',                      'axb'],
  [true,  'a${?}b*',                     'a?bc'],
  [false, 'a${?}b*',                     'axbc'],
  [true,  '${$}{aws:username}',          '${aws:username}'],
])('%p: the pattern %p over %p', (matches, pattern, text) => {
  expect(matchesTokens(patternIn(pattern, reading) ?? [], text)).toBe(matches);
});

test('before Version 2012-10-17 a variable is a text in which stars are wild', () => {
  const old = { context, variables: false };
  expect(matchesTokens(patternIn('${*}', old) ?? [], '${anything}')).toBe(true);
  expect(matchesTokens(patternIn('${aws:username}', old) ?? [], 'ann')).toBe(false);
});
