// Who may make and retire grants of a key, in a World whose policies decide.
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateGrantCommand,
  CreateGrantRequest,
  CreateKeyCommand,
  KMSClient,
  ListGrantsCommand,
  RetireGrantCommand,
} from '@aws-sdk/client-kms';
import { World } from '../../../engine/src';

const OWN = '123456789012';
const OTHER = '222233334444';
const roleIn = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;
const GRANTEE = roleIn(OWN, 'grantee');
const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [] });

/** A key of an account with roles of two accounts, and one grant of it. */
async function scene(more: Partial<CreateGrantRequest> = {}) {
  const world = new World({ start: '2027-01-01T00:00:00Z', enforceIam: true });
  for (const [account, RoleName] of [
    [OWN, 'grantee'],
    [OWN, 'other'],
    [OTHER, 'abroad'],
  ] as const) {
    await world
      .client(IAMClient, { account })
      .send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST }));
  }
  const owner = world.client(KMSClient);
  const { KeyMetadata } = await owner.send(new CreateKeyCommand({}));
  const KeyId = KeyMetadata?.Arn as string;
  const { GrantToken } = await owner.send(
    new CreateGrantCommand({ KeyId, GranteePrincipal: GRANTEE, Operations: ['Decrypt'], ...more }),
  );
  const as = (principal: string) => world.client(KMSClient, { account: principal.split(':')[4] ?? OWN, principal });
  const may = async (principal: string, effect: 'Allow' | 'Deny', action: string) => {
    const [account, RoleName] = [principal.split(':')[4] ?? OWN, principal.split('/')[1]];
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: effect, Action: action, Resource: '*' },
    });
    await world
      .client(IAMClient, { account })
      .send(new PutRolePolicyCommand({ RoleName, PolicyName: action.replace(':', '-'), PolicyDocument }));
  };
  const retire = (principal: string) =>
    as(principal)
      .send(new RetireGrantCommand({ GrantToken }))
      .then(
        () => 'retired',
        (error: Error) => error.message,
      );
  const grants = async () => (await owner.send(new ListGrantsCommand({ KeyId }))).Grants?.length;
  return { world, KeyId, as, may, retire, grants };
}

describe('a grant', () => {
  // prettier-ignore
  test.each<[string, Partial<CreateGrantRequest>, string, boolean]>([
    ['its grantee, where it lets it',           { Operations: ['Decrypt', 'RetireGrant'] },        GRANTEE,                    true],
    ['its grantee, where it does not',          {},                                                GRANTEE,                    false],
    ['its retiring principal',                  { RetiringPrincipal: roleIn(OWN, 'other') },       roleIn(OWN, 'other'),       true],
    ['its retiring principal elsewhere',        { RetiringPrincipal: roleIn(OTHER, 'abroad') },    roleIn(OTHER, 'abroad'),    true],
    ['who is none of these',                    { RetiringPrincipal: GRANTEE },                    roleIn(OWN, 'other'),       false],
    ['the root user of the account of the key', {},                                                `arn:aws:iam::${OWN}:root`, true],
    ['the root user of another account',        {},                                                `arn:aws:iam::${OTHER}:root`, false],
  ])('is retired, or not, by %s', async (_, more, principal, expected) => {
    const { retire, grants } = await scene(more);
    const said = await retire(principal);
    expect(said === 'retired').toBe(expected);
    if (!expected) {
      expect(said).toContain('is not authorized to perform: kms:RetireGrant');
    }
    expect(await grants()).toBe(expected ? 0 : 1);
  });

  test('is retired by whom the account of the key lets do it, and not where a policy denies it', async () => {
    const { may, retire, grants } = await scene();
    await may(roleIn(OTHER, 'abroad'), 'Allow', 'kms:RetireGrant');
    expect(await retire(roleIn(OTHER, 'abroad'))).toContain('not authorized');
    await may(roleIn(OWN, 'other'), 'Allow', 'kms:RetireGrant');
    expect(await retire(roleIn(OWN, 'other'))).toBe('retired');
    expect(await grants()).toBe(0);
    const denied = await scene({ RetiringPrincipal: GRANTEE });
    await denied.may(GRANTEE, 'Deny', 'kms:RetireGrant');
    expect(await denied.retire(GRANTEE)).toContain('with an explicit deny in an identity-based policy');
  });

  test('that lets make grants lets give away what it has, under its constraint', async () => {
    const Constraints = { EncryptionContextSubset: { tenant: 'a' } };
    const { KeyId, as } = await scene({ Operations: ['Decrypt', 'CreateGrant'], Constraints });
    const give = (more: Partial<CreateGrantRequest>) =>
      as(GRANTEE)
        .send(
          new CreateGrantCommand({ KeyId, GranteePrincipal: roleIn(OWN, 'other'), Operations: ['Decrypt'], ...more }),
        )
        .then(
          () => 'made',
          (error: Error) => error.name,
        );
    expect(await give({ Constraints })).toBe('made');
    expect(await give({ Constraints: { EncryptionContextSubset: { tenant: 'b' } } })).toBe('AccessDeniedException');
    expect(await give({})).toBe('AccessDeniedException');
    expect(await give({ Constraints, Operations: ['Encrypt'] })).toBe('AccessDeniedException');
  });
});
