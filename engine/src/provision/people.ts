/**
 * AWS::IAM::User, Group and UserToGroupAddition.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216). Assumed: another path makes another
 *          user or group, where CloudFormation moves the one that is there; passwords are not emulated.
 */
import { findGroup, findUser } from '../operations/find-identity';
import { addUserToGroup } from '../operations/iam/add-user-to-group';
import { createGroup } from '../operations/iam/create-group';
import { createUser } from '../operations/iam/create-user';
import { deleteGroup } from '../operations/iam/delete-group';
import { deleteUser } from '../operations/iam/delete-user';
import { removeUserFromGroup } from '../operations/iam/remove-user-from-group';
import { given } from '../operations/backup/shapes';
import { changeHeld, changeTags, heldBy, Holder, NOTHING_HELD } from './holders';
import { Made, refuseOthers, ResourceHandler, Standing, Wanted } from './handler';

type Where = Pick<Standing, 'env' | 'state'>;

const OF_GROUP = ['GroupName', 'ManagedPolicyArns', 'Path', 'Policies'];
const OF_USER = ['Groups', 'ManagedPolicyArns', 'Path', 'PermissionsBoundary', 'Policies', 'Tags', 'UserName'];

export const PEOPLE: Readonly<Record<string, ResourceHandler>> = {
  'AWS::IAM::Group': {
    replacedBy: ['GroupName', 'Path'],
    create: (wanted) => {
      refuseOthers(wanted, OF_GROUP);
      const { state, env, properties, identity } = wanted;
      createGroup(state, env, given({ GroupName: identity.name, Path: properties.member('Path').text() }));
      changeHeld(wanted, group(identity.name), NOTHING_HELD, heldBy(properties));
      return madeGroup(wanted);
    },
    update: (wanted, standing) => {
      refuseOthers(wanted, OF_GROUP);
      changeHeld(wanted, group(standing.made.physicalId), heldBy(propertiesOf(standing)), heldBy(wanted.properties));
      return madeGroup(wanted);
    },
    delete: (standing) => {
      const { state, env, made } = standing;
      changeHeld(standing, group(made.physicalId), heldBy(propertiesOf(standing)), NOTHING_HELD);
      deleteGroup(state, env, { GroupName: made.physicalId });
    },
  },
  'AWS::IAM::User': {
    replacedBy: ['Path', 'PermissionsBoundary', 'UserName'],
    create: (wanted) => {
      refuseOthers(wanted, OF_USER);
      const { state, env, properties, identity } = wanted;
      const Tags = Object.entries(wanted.tags()).map(([Key, Value]) => ({ Key, Value }));
      const Path = properties.member('Path').text();
      const PermissionsBoundary = properties.member('PermissionsBoundary').text();
      createUser(state, env, given({ UserName: identity.name, Path, PermissionsBoundary, Tags }));
      changeHeld(wanted, user(identity.name), NOTHING_HELD, heldBy(properties));
      changeMembership(wanted, pairs(textsOf(wanted, 'Groups'), [identity.name]), []);
      return madeUser(wanted);
    },
    update: (wanted, standing) => {
      refuseOthers(wanted, OF_USER);
      const name = standing.made.physicalId;
      const before = wantedOf(standing);
      changeTags(wanted, user(name), before.tags(), wanted.tags());
      changeHeld(wanted, user(name), heldBy(before.properties), heldBy(wanted.properties));
      changeMembership(wanted, pairs(textsOf(wanted, 'Groups'), [name]), pairs(textsOf(before, 'Groups'), [name]));
      return madeUser(wanted);
    },
    delete: (standing) => {
      const { state, env, made } = standing;
      const before = wantedOf(standing);
      changeMembership(standing, [], pairs(textsOf(before, 'Groups'), [made.physicalId]));
      changeHeld(standing, user(made.physicalId), heldBy(before.properties), NOTHING_HELD);
      deleteUser(state, env, { UserName: made.physicalId });
    },
  },
  'AWS::IAM::UserToGroupAddition': {
    replacedBy: [],
    create: (wanted) => {
      changeMembership(wanted, added(wanted), []);
      return { physicalId: wanted.generated(), attributes: {} };
    },
    update: (wanted, standing) => {
      changeMembership(wanted, added(wanted), added(wantedOf(standing)));
      return standing.made;
    },
    delete: (standing) => changeMembership(standing, [], added(wantedOf(standing))),
  },
};

function group(name: string): Holder {
  return { kind: 'Group', name };
}

function user(name: string): Holder {
  return { kind: 'User', name };
}

/** What a template made of it. */
function wantedOf({ state, stack, made }: Standing): Wanted {
  return new Wanted(state, stack, made);
}

function propertiesOf(standing: Standing) {
  return wantedOf(standing).properties;
}

function textsOf({ properties }: Wanted, name: string): readonly string[] {
  return properties.member(name).texts() ?? [];
}

interface Membership {
  readonly GroupName: string;
  readonly UserName: string;
}

function pairs(groups: readonly string[], users: readonly string[]): Membership[] {
  return groups.flatMap((GroupName) => users.map((UserName) => ({ GroupName, UserName })));
}

function added(wanted: Wanted): Membership[] {
  return pairs([wanted.properties.member('GroupName').requiredText()], textsOf(wanted, 'Users'));
}

function changeMembership({ state, env }: Where, after: readonly Membership[], before: readonly Membership[]): void {
  const isIn = (all: readonly Membership[], { GroupName, UserName }: Membership) =>
    all.some((one) => one.GroupName === GroupName && one.UserName === UserName);
  after.filter((one) => !isIn(before, one)).forEach((one) => addUserToGroup(state, env, one));
  before.filter((one) => !isIn(after, one)).forEach((one) => removeUserFromGroup(state, env, one));
}

function madeGroup(wanted: Wanted): Made {
  const made = wanted.made();
  return { ...made, attributes: { ...made.attributes, Arn: findGroup(wanted.state, wanted.env, made.physicalId).arn } };
}

function madeUser(wanted: Wanted): Made {
  const made = wanted.made();
  return { ...made, attributes: { ...made.attributes, Arn: findUser(wanted.state, wanted.env, made.physicalId).arn } };
}
