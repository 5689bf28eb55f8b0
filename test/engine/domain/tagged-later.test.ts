// Policies go by the tags that vaults have now, for jobs and attacks as for calls.
import { attack } from '../../../engine/src/attack/attack';
import { tagResource } from '../../../engine/src/operations/backup/tag-resource';
import { untagResource } from '../../../engine/src/operations/backup/untag-resource';
import { allow, backedUp, BACKUPS, copied, deny, enforced, FILES, NO_ACCESS, own } from '../scenarios/enforced-stage';
import { ENV, ROLE, vaultArn } from '../scenarios/stage';

const SECOND = { ResourceArn: vaultArn('second') };

test('a copy goes into a vault that was tagged after it was made, until the tag is gone (B6.3/8, B11.5)', () => {
  const state = enforced([BACKUPS]);
  own(
    state,
    deny('backup:CopyIntoBackupVault', '*', { Condition: { Null: { 'aws:ResourceTag/destination': 'true' } } }),
  );
  expect(backedUp(state, FILES.arn)).toBe('COMPLETED');
  expect(copied(state, FILES.arn)).toBe(NO_ACCESS);
  tagResource(state, ENV, { ...SECOND, Tags: { destination: 'yes' } });
  expect(copied(state, FILES.arn)).toBe('COMPLETED');
  untagResource(state, ENV, { ...SECOND, TagKeyList: ['destination'] });
  expect(copied(state, FILES.arn)).toBe(NO_ACCESS);
});

test('an attack meets the guardrail of a tag that came later', () => {
  const state = enforced([BACKUPS]);
  own(
    state,
    allow('*'),
    deny('backup:DeleteBackupVault', '*', { Condition: { StringEquals: { 'aws:ResourceTag/keep': 'true' } } }),
  );
  const succeeds = () =>
    attack(state, [ROLE]).attempts.find(
      ({ action, resource }) => action === 'backup:DeleteBackupVault' && resource === SECOND.ResourceArn,
    )?.succeeds;
  expect(succeeds()).toBe(true);
  tagResource(state, ENV, { ...SECOND, Tags: { keep: 'true' } });
  expect(succeeds()).toBe(false);
});
