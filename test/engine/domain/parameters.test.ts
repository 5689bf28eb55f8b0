// ARNs of parameters, and what is shown of a sealed one.
import { parameterArn, sealed } from '../../../engine/src/domain/parameters';
import { ENV } from '../scenarios/stage';

test.each([
  ['plain', 'plain'],
  ['/team/a', 'team/a'],
  ['team/a', 'team/a'],
])('the ARN of %s ends in %s', (name, end) => {
  expect(parameterArn(ENV, name)).toBe(`arn:aws:ssm:eu-central-1:111122223333:parameter/${end}`);
});

test('a sealed value shows another text for each parameter, version and value, and never the value', () => {
  const shown = [
    sealed(1, 'a', { version: 1, value: 'secret' } as never),
    sealed(1, 'b', { version: 1, value: 'secret' } as never),
    sealed(1, 'a', { version: 2, value: 'secret' } as never),
    sealed(1, 'a', { version: 1, value: 'other' } as never),
    sealed(2, 'a', { version: 1, value: 'secret' } as never),
  ];
  expect(new Set(shown).size).toBe(5);
  expect(shown.every((text) => /^[A-Za-z0-9+/]{22}==$/.test(text))).toBe(true);
});
