// What is said of a step that a policy decided against.
import { BACKUP_NOT_ALLOWED, DELETION_NOT_ALLOWED, isDenial } from '../../../engine/src/domain/denials';
import { NO_REASON, sentence } from '../../../engine/src/domain/reasons';

test('a denial says who decided, where that is known', () => {
  expect(sentence(BACKUP_NOT_ALLOWED, {})).not.toContain('(');
  expect(sentence(BACKUP_NOT_ALLOWED, { detail: 'a policy' })).toMatch(/ \(a policy\)$/);
  expect([BACKUP_NOT_ALLOWED, DELETION_NOT_ALLOWED, NO_REASON].map(isDenial)).toEqual([true, true, false]);
});
